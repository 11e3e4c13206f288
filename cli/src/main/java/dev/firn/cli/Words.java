package dev.firn.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Words {
  private static final String OUTPUT = "--output";

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

  private Words() {}

  /** {@code 1 row}, {@code 2 rows}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 41 KB}: decimal units, two digits at most before the next one. */
  static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 999.5) {
      size /= 1_000;
      unit++;
    }
    String form = unit == 0 || size >= 9.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, form, size, UNITS[unit]);
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  /** Whether the words of a command line that cannot be parsed ask for JSON. */
  static boolean wantsJson(String... words) {
    boolean json = false;
    for (int i = 0; i < words.length; i++) {
      if (words[i].startsWith(OUTPUT + "=")) {
        json = words[i].substring(OUTPUT.length() + 1).equalsIgnoreCase("json");
      } else if (words[i].equals(OUTPUT) && i + 1 < words.length) {
        json = words[i + 1].equalsIgnoreCase("json");
      }
    }
    return json;
  }
}
