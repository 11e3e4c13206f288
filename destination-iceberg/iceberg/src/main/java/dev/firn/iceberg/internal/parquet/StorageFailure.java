package dev.firn.iceberg.internal.parquet;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.io.FullDisk;
import dev.firn.iceberg.internal.io.Storages;

/** Turns what a storage throws into the failure a user sees. */
final class StorageFailure {
  private StorageFailure() {}

  /** Says what could not be done to which file, and whether the storage is full. */
  static FirnException of(String action, String path, Exception cause) {
    if (cause instanceof FirnException known) {
      return known;
    }
    if (FullDisk.isBelow(cause)) {
      return FullDisk.failure("cannot " + action + " " + path, cause);
    }
    return Storages.failure("Cannot " + action + " " + path, cause)
        .orElseGet(() -> unknown(action, path, cause));
  }

  private static FirnException unknown(String action, String path, Exception cause) {
    return new FirnException(
        ErrorCode.DESTINATION_UNAVAILABLE,
        "Cannot " + action + " " + path + ": " + cause.getMessage(),
        "Check that the storage can be reached and used, then run again.",
        cause);
  }
}
