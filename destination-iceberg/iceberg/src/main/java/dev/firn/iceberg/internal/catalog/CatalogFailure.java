package dev.firn.iceberg.internal.catalog;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.io.FullDisk;
import dev.firn.iceberg.internal.io.Storages;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.jspecify.annotations.Nullable;

/** Turns what catalogs throw into the failure that a user sees. */
public final class CatalogFailure {
  // SQLite result codes (sqlite.org/rescode.html): extended codes keep the primary one in the low
  // byte.
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;

  // As Iceberg words an answer that is not in the REST protocol's own words.
  private static final Pattern BUSY = Pattern.compile("code: (429|5\\d\\d)\\b");

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
    Optional<FirnException> ofStorage = Storages.failure(what, cause);
    if (ofStorage.isPresent()) {
      return ofStorage.get();
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
    if (isBelow(cause, NotAuthorizedException.class)) {
      return new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          what + ": the catalog does not accept the token any more (" + told(cause) + ").",
          "Run again, with a new token if it was set as token: credential and auth get new ones by themselves.",
          cause);
    }
    return new FirnException(
        ErrorCode.DESTINATION_UNAVAILABLE,
        what + ": " + told(cause) + ".",
        "Check the catalog's settings and that it can be reached, then run again.",
        cause);
  }

  /** The failure to open a catalog: what its server refuses now is a mistake in its settings. */
  public static FirnException opening(CatalogConfig config, RuntimeException cause) {
    if (cause instanceof FirnException known) {
      return known;
    }
    String what = "Cannot open catalog '" + config.name() + "'";
    String section = "catalogs." + config.name();
    if (isBelow(cause, NotAuthorizedException.class)
        || isBelow(cause, ForbiddenException.class)
        || isRefusedToken(cause)) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": it does not accept the credentials (" + told(cause) + ").",
          "Correct the token, credential or auth of " + section + ".",
          cause);
    } else if (isForNow(cause)) {
      return unreachable(what, config, cause);
    } else if (isBelow(cause, RESTException.class)
        || isBelow(cause, IllegalArgumentException.class)) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": " + told(cause) + ".",
          "Check uri and warehouse of " + section + ".",
          cause);
    }
    return of(what, cause);
  }

  /** Whether a server may answer otherwise in a while: it is down, or has too much to do. */
  private static boolean isForNow(Throwable cause) {
    return isBelow(cause, ServiceUnavailableException.class)
        || isBelow(cause, ServiceFailureException.class)
        || (isBelow(cause, RESTException.class)
            && (isBelow(cause, IOException.class)
                || BUSY.matcher(String.valueOf(cause.getMessage())).find()));
  }

  // The error codes of RFC 6749, section 5.2, as Iceberg words them.
  private static boolean isRefusedToken(Throwable cause) {
    return isBelow(cause, BadRequestException.class)
        && String.valueOf(cause.getMessage()).matches("(?s).*invalid_(grant|client|scope)\\b.*");
  }

  /** The failure to reach a server. */
  public static FirnException unreachable(
      String what, CatalogConfig config, RuntimeException cause) {
    String uri = new Redactor().redact(config.value("uri").orElse("its address"));
    String why =
        isBelow(cause, ConnectException.class)
            ? "nothing answers at " + uri
            : isBelow(cause, UnknownHostException.class)
                ? "the host of " + uri + " is not known"
                : told(cause);
    return new FirnException(
        ErrorCode.DESTINATION_UNAVAILABLE,
        what + ": " + why + ".",
        "Check catalogs.%s.uri, and that the server runs.".formatted(config.name()),
        cause);
  }

  /** Whether a failure is of a type, or has a cause that is. */
  public static boolean isBelow(Throwable failure, Class<?> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  private static String told(Throwable cause) {
    return new Redactor().redact(rootMessage(cause));
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
    String message = Objects.requireNonNullElseGet(root.getMessage(), root::toString);
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
