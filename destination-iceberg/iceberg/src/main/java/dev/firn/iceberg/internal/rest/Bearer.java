package dev.firn.iceberg.internal.rest;

import java.util.Objects;
import java.util.Optional;

/**
 * A short-lived token.
 *
 * @param renewal what a new one can be had for, where the token endpoint gave such a thing
 * @param renewMillis when it is time for a new one
 * @param endMillis when it is of no use any more
 */
record Bearer(String token, Optional<String> renewal, long renewMillis, long endMillis) {
  private static final long UNSAID_LIFE_SECONDS = 3_600;

  static Bearer of(TokenAnswer answer, long nowMillis) {
    Long life = answer.expiresIn();
    long lifeMillis = (life == null ? UNSAID_LIFE_SECONDS : life) * 1_000;
    return new Bearer(
        Objects.requireNonNull(answer.accessToken()),
        Optional.ofNullable(answer.refreshToken()),
        nowMillis + lifeMillis * 2 / 3,
        nowMillis + lifeMillis);
  }

  /** One that nothing is known of; it is used as it is. */
  static Bearer lasting(String token) {
    return new Bearer(token, Optional.empty(), Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** The same one; if nothing came with it that renews it, what renewed the last one does. */
  Bearer orRenewedBy(Optional<String> earlier) {
    return new Bearer(token, renewal.or(() -> earlier), renewMillis, endMillis);
  }

  /** The same one, to be renewed later: half of what is left of its life from now. */
  Bearer postponed(long nowMillis) {
    return new Bearer(token, renewal, nowMillis + (endMillis - nowMillis) / 2, endMillis);
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
