package dev.firn.internal.yaml;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes in bytes: {@code 4096}, {@code 64KiB}, {@code 2MB}. */
final class Sizes {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*([a-zA-Z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "b", 1L,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30);

  private Sizes() {}

  static long parse(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches() || !UNITS.containsKey(size.group(2).toLowerCase(Locale.ROOT))) {
      throw new NumberFormatException(text);
    }
    long unit = UNITS.getOrDefault(size.group(2).toLowerCase(Locale.ROOT), 1L);
    return Math.multiplyExact(Long.parseLong(size.group(1)), unit);
  }
}
