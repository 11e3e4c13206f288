package dev.firn.iceberg.gcs;

import com.google.cloud.BaseServiceException;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;

/** What a failure of Google's client means for users. */
final class GcsFailure {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private GcsFailure() {}

  /** The failure for users, or nothing when no cause is of Google's client. */
  static Optional<FirnException> of(String what, Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof BaseServiceException answer) {
        int code = isRefusedToken(answer) ? UNAUTHORIZED : answer.getCode();
        return Optional.of(refused(what, code, answer, failure));
      } else if (String.valueOf(each.getMessage()).contains("default credentials were not found")) {
        return Optional.of(
            mistake(
                what + ": there are no credentials for the storage.",
                "Set GOOGLE_APPLICATION_CREDENTIALS to the file of a key, or storage.token of the catalog.",
                failure));
      }
    }
    return Optional.empty();
  }

  // What the client makes of the answer 401 to a token that it was given and cannot renew.
  private static boolean isRefusedToken(BaseServiceException answer) {
    for (Throwable each = answer; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).contains("not support refreshing the access token")) {
        return true;
      }
    }
    return false;
  }

  // docs.cloud.google.com/storage/docs/json_api/v1/status-codes
  private static FirnException refused(
      String what, int code, BaseServiceException answer, Throwable cause) {
    return switch (code) {
      case UNAUTHORIZED ->
          mistake(
              what + ": the storage does not accept the credentials.",
              "Correct storage.token of the catalog, the credentials of the environment, or those that the catalog gives out.",
              cause);
      case FORBIDDEN ->
          unavailable(
              what + ": the storage denies access",
              "Let the catalog's account read and write there, then run again.",
              cause);
      case NOT_FOUND ->
          mistake(
              what + ": the storage has no such bucket.",
              "Correct the warehouse of the catalog, or make the bucket.",
              cause);
      default ->
          unavailable(what + ": " + why(answer), "Check the storage, then run again.", cause);
    };
  }

  private static String why(BaseServiceException answer) {
    for (Throwable each = answer; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException) {
        return "the storage's host is not known (" + each.getMessage() + ")";
      } else if (each instanceof ConnectException) {
        return "no storage answers (" + each.getMessage() + ")";
      }
    }
    return answer.getCode() == 0
        ? "the storage does not answer"
        : "the storage answers " + answer.getCode();
  }

  private static FirnException mistake(String message, String hint, Throwable cause) {
    return new FirnException(ErrorCode.INVALID_CONFIG, message, hint, cause);
  }

  private static FirnException unavailable(String message, String hint, Throwable cause) {
    return new FirnException(ErrorCode.DESTINATION_UNAVAILABLE, message + ".", hint, cause);
  }
}
