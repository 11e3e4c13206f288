package dev.firn.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Temporary folders, deleted with all that is in them when the Java machine ends. */
final class ScratchFolders {
  private static final Path ROOT = newRoot();
  private static final AtomicInteger MADE = new AtomicInteger();

  private ScratchFolders() {}

  /** A new, empty folder. */
  static Path next() {
    try {
      return Files.createDirectory(ROOT.resolve(Integer.toString(MADE.incrementAndGet())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newRoot() {
    try {
      Path root = Files.createTempDirectory("firn-law");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // The operating system clears its temporary files.
    }
  }
}
