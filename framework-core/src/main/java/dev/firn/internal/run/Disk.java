package dev.firn.internal.run;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Where packages lie; what was renamed or made must be there after a power cut. */
@FunctionalInterface
interface Disk {
  /** The real one. Windows opens no folder as a file, and writes its entries through by itself. */
  Disk LOCAL =
      folder -> {
        if (folder.getFileSystem().getSeparator().equals("/")) {
          try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
          }
        }
      };

  /** The failure for users: the disk is full, or the project's folder is not theirs to write. */
  static FirnException unwritable(String what, Exception cause) {
    String message = String.valueOf(cause.getMessage());
    String words = message.toLowerCase(Locale.ROOT);
    boolean full =
        words.contains("no space left")
            || words.contains("not enough space")
            || (words.contains("quota") && words.contains("exceeded"));
    return new FirnException(
        full ? ErrorCode.DESTINATION_FULL : ErrorCode.UNREADABLE_PATH,
        what + ": " + message,
        full ? "Free space, then run again." : "Make the project's .firn folder writable.",
        cause);
  }

  /** Returns when the entries of a folder are safe. */
  void force(Path folder) throws IOException;

  /** Makes a folder and those above it that are missing, their entries safe. */
  default void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = folder.toAbsolutePath().getParent();
    if (above != null) {
      create(above);
    }
    Files.createDirectories(folder);
    if (above != null) {
      force(above);
    }
  }
}
