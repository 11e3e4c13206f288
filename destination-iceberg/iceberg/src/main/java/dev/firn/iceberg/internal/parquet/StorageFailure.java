package dev.firn.iceberg.internal.parquet;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what a storage throws into the failure a user sees. */
final class StorageFailure {
  private StorageFailure() {}

  /** Says what could not be done to which file, and whether the storage is full. */
  static FirnException of(String action, String path, Exception cause) {
    if (cause instanceof FirnException known) {
      return known;
    }
    if (isFull(cause)) {
      return new FirnException(
          ErrorCode.DESTINATION_FULL,
          "Storage is full: cannot " + action + " " + path + ".",
          "Free space, then run again; nothing is half-loaded.",
          cause);
    }
    return new FirnException(
        ErrorCode.DESTINATION_UNAVAILABLE,
        "Cannot " + action + " " + path + ": " + cause.getMessage(),
        "Check that the storage can be reached and used, then run again.",
        cause);
  }

  // Java has no type for a full disk or a quota, only the message of the operating system (Linux,
  // HDFS, Windows).
  private static boolean isFull(@Nullable Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left")
          || message.contains("quota")
          || message.contains("not enough space")) {
        return true;
      }
    }
    return false;
  }
}
