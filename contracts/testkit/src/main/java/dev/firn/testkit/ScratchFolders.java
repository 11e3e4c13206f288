package dev.firn.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
    try {
      Files.walkFileTree(root, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each entry by itself: one that cannot go, or is gone, keeps no other. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      return delete(file);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why) {
      return delete(folder);
    }

    private static FileVisitResult delete(Path entry) {
      try {
        Files.deleteIfExists(entry);
      } catch (IOException e) {
        // The operating system clears its temporary files.
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
