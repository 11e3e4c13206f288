package dev.firn.iceberg.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A short-lived token.
 *
 * @param renewal what a new one can be had for, where the token endpoint gave such a thing
 * @param renewMillis when it is time for a new one
 * @param endMillis when it is of no use any more
 */
record Bearer(String token, Optional<String> renewal, long renewMillis, long endMillis) {
  // RFC 6749, section 5.1, only recommends to say how long a token lives.
  private static final long UNSAID_LIFE_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long LONGEST_LIFE_MILLIS = Duration.ofDays(365).toMillis();
  private static final long LONGEST_PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final ObjectMapper JSON = new ObjectMapper();

  static Bearer of(TokenAnswer answer, long nowMillis) {
    String token = Objects.requireNonNull(answer.accessToken());
    long lifeMillis = lifeMillis(answer, token, nowMillis);
    return new Bearer(
        token,
        Optional.ofNullable(answer.refreshToken()),
        nowMillis + lifeMillis * 2 / 3,
        nowMillis + lifeMillis);
  }

  private static long lifeMillis(TokenAnswer answer, String token, long nowMillis) {
    Long seconds = answer.expiresIn();
    if (seconds != null && seconds > 0) {
      return Math.min(seconds, LONGEST_LIFE_MILLIS / 1_000) * 1_000;
    }
    long written = endOf(token).orElse(0) - nowMillis;
    return written > 0 ? Math.min(written, LONGEST_LIFE_MILLIS) : UNSAID_LIFE_MILLIS;
  }

  /** The end that a token names itself, if it is one of JSON (RFC 7519, section 4.1.4). */
  private static OptionalLong endOf(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return OptionalLong.empty();
    }
    try {
      JsonNode end = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
      return end.canConvertToLong()
          ? OptionalLong.of(Math.multiplyExact(end.asLong(), 1_000L))
          : OptionalLong.empty();
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      return OptionalLong.empty(); // it only looks like one
    }
  }

  /** One that nothing is known of; it is used as it is. */
  static Bearer lasting(String token) {
    return new Bearer(token, Optional.empty(), Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** The same one; if nothing came with it that renews it, what renewed the last one does. */
  Bearer orRenewedBy(Optional<String> earlier) {
    return new Bearer(token, renewal.or(() -> earlier), renewMillis, endMillis);
  }

  /** The same one, to be renewed later: after half of what is left of its life, or a minute. */
  Bearer postponed(long nowMillis) {
    long pause = Math.min((endMillis - nowMillis) / 2, LONGEST_PAUSE_MILLIS);
    return new Bearer(token, renewal, nowMillis + pause, endMillis);
  }

  boolean isDue(long nowMillis) {
    return nowMillis >= renewMillis;
  }

  /** Whether it can stand for a new one itself. */
  boolean isRenewable(long nowMillis) {
    return renewal.isPresent() || !isOver(nowMillis);
  }

  boolean isOver(long nowMillis) {
    return nowMillis >= endMillis;
  }

  /** Tells nothing: all of it is secret. */
  @Override
  public String toString() {
    return "Bearer";
  }
}
