package dev.firn.files;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says what a failed reading means. */
final class IoFaults {
  private IoFaults() {}

  static FirnException of(String name, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new FirnException(
          ErrorCode.UNREADABLE_PATH, "'" + name + "' is no longer there.", "Run again.", e);
    }
    if (e instanceof AccessDeniedException) {
      return new FirnException(
          ErrorCode.UNREADABLE_PATH,
          "'" + name + "' may not be read.",
          "Give this user the right to read it.",
          e);
    }
    return new FirnException(
        ErrorCode.SOURCE_UNAVAILABLE,
        "Reading '" + name + "' failed: " + e.getMessage(),
        "Check the disk, then run again.",
        e);
  }
}
