package dev.firn.iceberg.internal.stage;

import dev.firn.error.FirnException;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Every file of a load, noted in the package's folder before it is made, so that a crash leaves
 * none behind unknown. One line a file: table, tab, location.
 */
public final class StagedFilesJournal implements AutoCloseable {
  private static final String NAME = "staged-files";

  private final Path file;
  private final FileChannel lines;

  private StagedFilesJournal(Path file) throws IOException {
    this.file = file;
    lines =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /** One noted file. */
  public record Entry(TableName table, String path) {}

  /**
   * Opens the journal of a package to add to it.
   *
   * @throws FirnException {@code DESTINATION_FULL} or {@code UNREADABLE_PATH}
   */
  public static StagedFilesJournal open(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Files.createDirectories(folder);
      return new StagedFilesJournal(file);
    } catch (IOException e) {
      throw PackageFailure.writing(file, e);
    }
  }

  /**
   * Notes a file; only then may it be created.
   *
   * @throws FirnException {@code DESTINATION_FULL} or {@code UNREADABLE_PATH}; nothing is noted
   */
  public synchronized void note(TableName table, String path) {
    ByteBuffer line = StandardCharsets.UTF_8.encode(table + "\t" + path + "\n");
    try {
      long end = lines.size();
      try {
        while (line.hasRemaining()) {
          lines.write(line);
        }
      } catch (IOException e) {
        cutTo(end, e);
        throw e;
      }
    } catch (IOException e) {
      throw PackageFailure.writing(file, e);
    }
  }

  private void cutTo(long end, IOException failure) {
    try {
      lines.truncate(end);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Returns when all that was noted is on the disk. */
  synchronized void force() {
    try {
      lines.force(true);
    } catch (IOException e) {
      throw PackageFailure.writing(file, e);
    }
  }

  /** What the journal of a package holds; nothing when there is none. */
  public static List<Entry> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw PackageFailure.reading(file, e);
    }
  }

  // A last line without its end was being written at a crash: that file was never created.
  private static List<Entry> parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (int from = 0, end; (end = text.indexOf('\n', from)) >= 0; from = end + 1) {
      String line = text.substring(from, end);
      int tab = line.lastIndexOf('\t');
      if (tab > 0) {
        entries.add(new Entry(TableName.parse(line.substring(0, tab)), line.substring(tab + 1)));
      }
    }
    return entries;
  }

  @Override
  public synchronized void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw PackageFailure.writing(file, e);
    }
  }
}
