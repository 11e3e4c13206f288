package dev.firn.iceberg.internal.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.apache.iceberg.rest.RESTResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint answers (RFC 6749, section 5.1). Iceberg's own class leaves the refresh
 * token out.
 *
 * @param expiresIn seconds
 */
@JsonNaming(SnakeCaseStrategy.class)
record TokenAnswer(
    @Nullable String accessToken, @Nullable Long expiresIn, @Nullable String refreshToken)
    implements RESTResponse {

  @Override
  public void validate() {
    if (accessToken == null) {
      throw new IllegalArgumentException("the token endpoint gives no access_token");
    }
  }

  /** Tells nothing: all of it is secret. */
  @Override
  public String toString() {
    return "TokenAnswer";
  }
}
