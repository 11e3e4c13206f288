package dev.firn.iceberg.internal.io;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other failures. */
public final class FullDisk {
  private FullDisk() {}

  /**
   * The same failure when it is another one.
   *
   * @throws FirnException {@code DESTINATION_FULL} when the disk or the quota is used up
   */
  static IOException orSame(IOException failure, String location) {
    if (says(failure)) {
      throw failure("cannot write " + location, failure);
    }
    return failure;
  }

  /** The failure for users. */
  public static FirnException failure(String what, Throwable cause) {
    return new FirnException(
        ErrorCode.DESTINATION_FULL,
        "The disk is full: " + what + ".",
        "Free space, then run again; nothing is half-loaded.",
        cause);
  }

  /** Whether a failure or one below it says that the disk or the quota is used up. */
  public static boolean isBelow(@Nullable Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (says(each)) {
        return true;
      }
    }
    return false;
  }

  // Java has no type for it, only the words of Linux, Windows and HDFS.
  private static boolean says(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || (message.contains("quota") && message.contains("exceeded"))
        || message.contains("not enough space");
  }
}
