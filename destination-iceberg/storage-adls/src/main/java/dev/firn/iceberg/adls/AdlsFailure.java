package dev.firn.iceberg.adls;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/** What a failure of Azure's client means for users. */
final class AdlsFailure {
  // learn.microsoft.com/rest/api/storageservices/blob-service-error-codes and
  // /common-rest-api-error-codes
  private static final Set<String> REFUSED_KEYS =
      Set.of("AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation");
  private static final Set<String> NO_CONTAINER =
      Set.of("ContainerNotFound", "FilesystemNotFound", "ResourceNotFound");
  private static final HttpHeaderName CODE = HttpHeaderName.fromString("x-ms-error-code");
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private AdlsFailure() {}

  /** The failure for users, or nothing when no cause is of Azure's client. */
  static Optional<FirnException> of(String what, Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ClientAuthenticationException) {
        return Optional.of(
            mistake(
                what + ": there are no credentials for the storage, or they are not accepted.",
                "Set storage.account-key or storage.sas-token of the catalog, or the environment's AZURE_CLIENT_ID and what belongs to it.",
                failure));
      } else if (each instanceof HttpResponseException answer) {
        return Optional.of(refused(what, answer, failure));
      } else if (each instanceof UnknownHostException && isOfAzure(failure)) {
        return Optional.of(
            unanswered(what + ": the storage's host is not known (" + each.getMessage(), failure));
      } else if (each instanceof ConnectException && isOfAzure(failure)) {
        return Optional.of(unanswered(what + ": no storage answers (" + told(each), failure));
      }
    }
    return Optional.empty();
  }

  // Azure's client throws what its HTTP client does, in wrappers of Reactor.
  private static boolean isOfAzure(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      for (StackTraceElement frame : each.getStackTrace()) {
        if (frame.getClassName().startsWith("com.azure.")) {
          return true;
        }
      }
    }
    return false;
  }

  private static String told(Throwable connect) {
    return connect.getMessage() == null ? "connection refused" : connect.getMessage();
  }

  private static FirnException refused(String what, HttpResponseException answer, Throwable cause) {
    String code = code(answer);
    int status = answer.getResponse() == null ? 0 : answer.getResponse().getStatusCode();
    if (REFUSED_KEYS.contains(code) || status == UNAUTHORIZED) {
      return mistake(
          what + ": the storage does not accept the keys (" + code + ").",
          "Correct account-key, sas-token or token of the catalog's storage, or those that the catalog gives out.",
          cause);
    } else if (NO_CONTAINER.contains(code)) {
      return mistake(
          what + ": the storage has no such container.",
          "Correct the warehouse of the catalog, or make the container.",
          cause);
    } else if (status == FORBIDDEN) {
      return unavailable(
          "%s: the storage denies access (%s)".formatted(what, code.isEmpty() ? status : code),
          "Let the catalog's account read and write there, then run again.",
          cause);
    }
    return unavailable(
        "%s: the storage answers %d %s".formatted(what, status, code).strip(),
        "Check the storage, then run again.",
        cause);
  }

  private static String code(HttpResponseException answer) {
    String code =
        answer.getResponse() == null ? null : answer.getResponse().getHeaders().getValue(CODE);
    return code == null ? "" : code;
  }

  private static FirnException unanswered(String what, Throwable cause) {
    return unavailable(
        what + ")",
        "Check the warehouse and storage.endpoint of the catalog, and that the storage runs.",
        cause);
  }

  private static FirnException mistake(String message, String hint, Throwable cause) {
    return new FirnException(ErrorCode.INVALID_CONFIG, message, hint, cause);
  }

  private static FirnException unavailable(String message, String hint, Throwable cause) {
    return new FirnException(ErrorCode.DESTINATION_UNAVAILABLE, message + ".", hint, cause);
  }
}
