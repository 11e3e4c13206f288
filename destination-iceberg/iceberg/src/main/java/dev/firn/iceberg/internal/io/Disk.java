package dev.firn.iceberg.internal.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Puts what was written on the disk, out of the caches that a power cut empties. A commit must not
 * outlive its files, nor a file its entry in the folder.
 */
public interface Disk {
  /** The real one. */
  Disk LOCAL = new LocalDisk();

  /** Returns when the content of a file is safe. */
  void force(FileChannel file) throws IOException;

  /** Returns when the entries of a folder are safe. */
  void forceFolder(Path folder) throws IOException;

  /** Makes a folder and those above it that are missing, their entries safe. */
  default void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = folder.toAbsolutePath().getParent();
    if (above != null) {
      createFolders(above);
    }
    Files.createDirectories(folder);
    if (above != null) {
      forceFolder(above);
    }
  }

  /** Forces what the operating system lets a program force. */
  final class LocalDisk implements Disk {
    private static final boolean FOLDERS_OPEN =
        Path.of("/").getFileSystem().getSeparator().equals("/");

    private LocalDisk() {}

    @Override
    public void force(FileChannel file) throws IOException {
      file.force(true);
    }

    // Windows opens no folder as a file, and writes its entries through by itself.
    @Override
    public void forceFolder(Path folder) throws IOException {
      if (FOLDERS_OPEN) {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
          entries.force(true);
        }
      }
    }
  }
}
