package dev.firn.internal.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}.
 */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d|w)\\s*");

  private Durations() {}

  /** Reads one or more parts, largest first as a rule, or ISO-8601 ({@code PT5M}). */
  public static Optional<Duration> parse(String text) {
    String plain = text.strip();
    if (plain.startsWith("P")) {
      return iso(plain);
    }
    Matcher part = PART.matcher(plain);
    Duration sum = Duration.ZERO;
    int at = 0;
    while (at < plain.length() && part.find(at) && part.start() == at) {
      sum = sum.plus(one(Long.parseLong(part.group(1)), part.group(2)));
      at = part.end();
    }
    return at == plain.length() && at > 0 ? Optional.of(sum) : Optional.empty();
  }

  private static Duration one(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(Math.multiplyExact(count, 7));
    };
  }

  private static Optional<Duration> iso(String text) {
    try {
      Duration duration = Duration.parse(text);
      return duration.isNegative() ? Optional.empty() : Optional.of(duration);
    } catch (DateTimeException notIso) {
      return Optional.empty();
    }
  }
}
