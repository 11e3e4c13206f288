package dev.firn.iceberg.internal.io;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.util.Locale;

/** Tells a full disk from other failures. */
final class FullDisk {
  private FullDisk() {}

  /**
   * The same failure when it is another one.
   *
   * @throws FirnException {@code DESTINATION_FULL} when the disk or the quota is used up
   */
  static IOException orSame(IOException failure, String location) {
    // Java has no type for it, only the operating system's words.
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left")
        || message.contains("quota exceeded")
        || message.contains("not enough space")) {
      throw new FirnException(
          ErrorCode.DESTINATION_FULL,
          "The disk is full: cannot write " + location + ".",
          "Free space, then run again; nothing is half-loaded.",
          failure);
    }
    return failure;
  }
}
