package dev.firn.iceberg.internal.catalog;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.internal.io.FullDisk;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Turns what catalogs throw into the failure that a user sees. */
public final class CatalogFailure {
  // SQLite result codes (sqlite.org/rescode.html): extended codes keep the primary one in the low
  // byte.
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;

  private CatalogFailure() {}

  /**
   * The failure for users.
   *
   * @param what what could not be done, a sentence without its full stop
   */
  public static FirnException of(String what, RuntimeException cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof FirnException known) {
        return known;
      }
    }
    if (FullDisk.isBelow(cause)) {
      return FullDisk.failure(what, cause);
    }
    if (isLocked(cause)) {
      return new FirnException(
          ErrorCode.CATALOG_LOCKED,
          what + ": the catalog file is locked by another process.",
          "Wait for the other run to end, then run again.",
          cause);
    }
    return new FirnException(
        ErrorCode.DESTINATION_UNAVAILABLE,
        what + ": " + new Redactor().redact(rootMessage(cause)) + ".",
        "Check the catalog's settings and that it can be reached, then run again.",
        cause);
  }

  /** Whether an SQLite file was locked; such a statement was not applied. */
  public static boolean isLocked(@Nullable Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql && sql.getClass().getName().startsWith("org.sqlite.")) {
        int primary = sql.getErrorCode() & 0xff;
        return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
