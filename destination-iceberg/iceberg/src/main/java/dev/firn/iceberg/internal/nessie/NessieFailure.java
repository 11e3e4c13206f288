package dev.firn.iceberg.internal.nessie;

import static java.util.stream.Collectors.joining;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.projectnessie.client.http.HttpClientResponseException;
import org.projectnessie.client.rest.NessieNotAuthorizedException;
import org.projectnessie.error.NessieForbiddenException;
import org.projectnessie.error.NessieReferenceConflictException;
import org.projectnessie.error.ReferenceConflicts;

/** What the failures of Nessie's client mean for users. */
final class NessieFailure {
  // As Nessie's client words an answer that is no Nessie server's own.
  private static final Pattern STATUS = Pattern.compile("\\(HTTP/(\\d{3})\\)");
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final int OF_THE_SERVER = 500;

  private NessieFailure() {}

  /** The failure to open a catalog. */
  static RuntimeException opening(CatalogConfig config, RuntimeException cause) {
    if (cause instanceof FirnException) {
      return cause;
    }
    String what = "Cannot open catalog '" + config.name() + "'";
    String section = "catalogs." + config.name();
    if (CatalogFailure.isBelow(cause, NessieNotAuthorizedException.class)
        || CatalogFailure.isBelow(cause, NessieForbiddenException.class)
        || status(cause) == UNAUTHORIZED
        || status(cause) == FORBIDDEN) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": it does not accept the credentials (" + told(cause) + ").",
          "Correct token or auth of " + section + ".",
          cause);
    }
    if (CatalogFailure.isBelow(cause, IOException.class)
        || status(cause) == TOO_MANY
        || status(cause) >= OF_THE_SERVER) {
      return CatalogFailure.unreachable(what, config, cause);
    }
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        what + ": what answers is no Nessie server of API version 2 (" + told(cause) + ").",
        "Check %s.uri; it is like http://host:19120/api/v2.".formatted(section),
        cause);
  }

  /** The status of a server's answer; 0: there was none. */
  private static int status(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      Matcher named = STATUS.matcher(String.valueOf(each.getMessage()));
      if (each instanceof HttpClientResponseException answer) {
        return answer.getStatus().getCode();
      } else if (named.find()) {
        return Integer.parseInt(named.group(1));
      }
    }
    return 0;
  }

  /** The names of what changed on both branches. */
  static String conflictingKeys(NessieReferenceConflictException e) {
    ReferenceConflicts details = e.getErrorDetails();
    if (details == null || details.conflicts().isEmpty()) {
      return told(e);
    }
    return details.conflicts().stream()
        .map(conflict -> String.valueOf(conflict.key()))
        .collect(joining(", ", "both changed ", ""));
  }

  private static String told(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    String first = message.lines().findFirst().orElse(message);
    return new Redactor()
        .redact(first.endsWith(".") ? first.substring(0, first.length() - 1) : first);
  }
}
