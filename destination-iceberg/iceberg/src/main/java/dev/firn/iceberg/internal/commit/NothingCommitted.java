package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.io.Disk;
import dev.firn.iceberg.internal.stage.PackageFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Remembers in a package's folder that its load is complete although no snapshot tells of it: no
 * table had to change. Written before the load's files are deleted, because an attempt after that
 * would miss them.
 */
final class NothingCommitted {
  private static final String NAME = "nothing-committed";

  private final Path folder;
  private final Path file;

  NothingCommitted(Path folder) {
    this.folder = folder;
    file = folder.resolve(NAME);
  }

  boolean isNoted() {
    return Files.exists(file);
  }

  void note() {
    try (RandomAccessFile created = new RandomAccessFile(file.toFile(), "rwd")) {
      created.getFD().sync();
      Disk.LOCAL.forceFolder(folder);
    } catch (IOException e) {
      throw PackageFailure.writing(file, e);
    }
  }
}
