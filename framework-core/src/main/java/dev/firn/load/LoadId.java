package dev.firn.load;

import java.security.SecureRandom;
import java.time.Clock;

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
