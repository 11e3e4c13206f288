package dev.firn.iceberg.s3;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a failure of Amazon's client means for users. */
final class S3Failure {
  // docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  private static final Set<String> REFUSED_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthorizationHeaderMalformed");
  private static final Set<String> ENDED_KEYS =
      Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;

  private S3Failure() {}

  /** The failure for users, or nothing when no cause is of Amazon's client. */
  static Optional<FirnException> of(String what, Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof AwsServiceException answer) {
        return Optional.of(refused(what, answer, failure));
      } else if (each instanceof SdkClientException client) {
        return Optional.of(unanswered(what, client, failure));
      }
    }
    return Optional.empty();
  }

  private static FirnException refused(String what, AwsServiceException answer, Throwable cause) {
    String code =
        answer.awsErrorDetails() == null
            ? ""
            : String.valueOf(answer.awsErrorDetails().errorCode());
    if (REFUSED_KEYS.contains(code)) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": the storage does not accept the keys (" + code + ").",
          "Correct storage.access-key and storage.secret-key of the catalog, the keys of the environment, or those that the catalog gives out.",
          cause);
    } else if (code.equals("NoSuchBucket")) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": the storage has no such bucket.",
          "Correct the warehouse of the catalog, or make the bucket.",
          cause);
    } else if (ENDED_KEYS.contains(code)) {
      return unavailable(
          what + ": the keys have ended (" + code + ")", "Get new keys, then run again.", cause);
    } else if (answer.statusCode() == FORBIDDEN || answer.statusCode() == UNAUTHORIZED) {
      return unavailable(
          "%s: the storage denies access (%s)"
              .formatted(what, code.isEmpty() ? answer.statusCode() : code),
          "Let the keys of the catalog's storage read and write there, then run again.",
          cause);
    }
    return unavailable(
        "%s: the storage answers %d %s".formatted(what, answer.statusCode(), code).strip(),
        "Check the storage, then run again.",
        cause);
  }

  private static FirnException unanswered(String what, SdkClientException client, Throwable cause) {
    String message = String.valueOf(client.getMessage());
    if (message.contains("Unable to load credentials")) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": there are no keys for the storage.",
          "Set storage.access-key and storage.secret-key of the catalog, or the environment's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
          cause);
    } else if (message.contains("Unable to load region")) {
      return new FirnException(
          ErrorCode.INVALID_CONFIG,
          what + ": the storage's region is not known.",
          "Set storage.region of the catalog, or the environment's AWS_REGION.",
          cause);
    }
    return unavailable(
        what + ": " + why(client),
        "Check storage.endpoint of the catalog, and that the storage runs.",
        cause);
  }

  private static String why(SdkClientException client) {
    for (Throwable each = client; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException) {
        return "the storage's host is not known (" + each.getMessage() + ")";
      } else if (each instanceof ConnectException) {
        return "no storage answers (" + each.getMessage() + ")";
      }
    }
    return "the storage does not answer (" + client.getMessage() + ")";
  }

  private static FirnException unavailable(String message, String hint, Throwable cause) {
    return new FirnException(ErrorCode.DESTINATION_UNAVAILABLE, message + ".", hint, cause);
  }
}
