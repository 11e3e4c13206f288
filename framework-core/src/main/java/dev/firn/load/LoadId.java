package dev.firn.load;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * The name of one load: 26 characters, time first, so that ids sort by age (ULID, Crockford base
 * 32).
 */
public record LoadId(String value) {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** A new id. */
  public static LoadId next(Clock clock) {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder(26);
    append(text, clock.millis(), 10);
    append(text, random.nextLong(), 8);
    append(text, random.nextLong(), 8);
    return new LoadId(text.toString());
  }

  /** When the load began, to the millisecond. */
  public Instant time() {
    long millis = 0;
    for (int i = 0; i < 10; i++) {
      millis = (millis << 5) | Math.max(0, DIGITS.indexOf(value.charAt(i)));
    }
    return Instant.ofEpochMilli(millis);
  }

  private static void append(StringBuilder text, long bits, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      text.append(DIGITS.charAt((int) (bits >>> (5 * i)) & 31));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
