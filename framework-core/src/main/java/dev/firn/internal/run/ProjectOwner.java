package dev.firn.internal.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Who a project's folder is to others: the machine that first ran it and a number of its own, in
 * the file {@code owner}. Runs of one owner exclude each other by locks in the folder.
 */
final class ProjectOwner {
  private static final String NAME = "owner";

  private ProjectOwner() {}

  /**
   * The owner's name, made up at the first look.
   *
   * @param work the project's folder {@code .firn}
   */
  static String of(Path work) {
    Path file = work.resolve(NAME);
    try {
      return Files.exists(file) ? Files.readString(file).strip() : made(work, file);
    } catch (IOException e) {
      throw Disk.unwritable("The file " + file + " cannot be written", e);
    }
  }

  // Two runs may be the first: a link is there whole, and once.
  private static String made(Path work, Path file) throws IOException {
    Files.createDirectories(work);
    String name = host() + "-" + UUID.randomUUID().toString().substring(0, 8);
    Path draft = Files.createTempFile(work, NAME, ".draft");
    Files.writeString(draft, name + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    try {
      link(file, draft);
    } catch (FileAlreadyExistsException faster) {
      // another run's name holds
    } finally {
      Files.deleteIfExists(draft);
    }
    return Files.readString(file).strip();
  }

  private static void link(Path file, Path draft) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (UnsupportedOperationException | AtomicMoveNotSupportedException e) {
      Files.move(draft, file);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
