package dev.firn.internal.normalize;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Booleans. */
final class ToBoolean extends Coercion {
  private static final Set<String> YES = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> NO = Set.of("false", "f", "no", "n", "off", "0");
  private static final int LONGEST_WORD = 20;

  private final boolean declared;

  ToBoolean(boolean declared) {
    this.declared = declared;
  }

  @Override
  boolean bool(boolean value, Coerced to) {
    return to.set(value);
  }

  @Override
  boolean integer(long value, Coerced to) {
    return declared && (value == 0 || value == 1) && to.set(value);
  }

  @Override
  boolean real(double value, Coerced to) {
    return (value == 0 || value == 1) && integer((long) value, to);
  }

  @Override
  boolean decimal(BigDecimal value, Coerced to) {
    boolean bit = value.signum() == 0 || value.compareTo(BigDecimal.ONE) == 0;
    return bit && integer(value.signum(), to);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    if (to - from > LONGEST_WORD) {
      return false;
    }
    String text = new String(utf8, from, to - from, StandardCharsets.UTF_8);
    if (text.equals("true") || text.equals("false")) {
      return result.set(text.equals("true"));
    }
    String word = text.strip().toLowerCase(Locale.ROOT);
    return declared && (YES.contains(word) || NO.contains(word)) && result.set(YES.contains(word));
  }
}
