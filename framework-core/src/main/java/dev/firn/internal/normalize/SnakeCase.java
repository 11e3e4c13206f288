package dev.firn.internal.normalize;

import java.text.Normalizer;

/** Lower-case words with underscores between them. */
final class SnakeCase {
  private static final String SPECIAL = "+-*@|";
  private static final String SPELLED = "x_xal";

  private SnakeCase() {}

  /** Keeps {@code A-Z a-z 0-9 _}. */
  static String ascii(String key) {
    return of(key.strip(), false);
  }

  /** Keeps letters, digits and marks of every script, composed (NFC). */
  static String unicode(String key) {
    String composed = Normalizer.normalize(key.strip(), Normalizer.Form.NFC);
    return Normalizer.normalize(of(composed, true), Normalizer.Form.NFC);
  }

  private static String of(String key, boolean everyScript) {
    String plain = plain(key, everyScript);
    int end = plain.length();
    while (end > 0 && plain.charAt(end - 1) == '_') {
      end--;
    }
    String words = words(plain.substring(0, end));
    return words + "x".repeat(plain.length() - end);
  }

  /** Each run of characters that no name holds becomes one underscore. */
  private static String plain(String key, boolean everyScript) {
    StringBuilder plain = new StringBuilder(key.length() + 1);
    boolean inRun = false;
    for (int at = 0; at < key.length(); ) {
      int letter = key.codePointAt(at);
      at += Character.charCount(letter);
      int special = SPECIAL.indexOf(letter);
      boolean kept = letter == '_' || special >= 0 || keeps(letter, everyScript);
      if (kept) {
        plain.appendCodePoint(special >= 0 ? SPELLED.charAt(special) : letter);
      } else if (!inRun) {
        plain.append('_');
      }
      inRun = !kept;
    }
    if (Character.isDigit(plain.codePointAt(0))) {
      plain.insert(0, '_');
    }
    return plain.toString();
  }

  private static boolean keeps(int letter, boolean everyScript) {
    if (letter < 0x80) {
      return (letter >= '0' && letter <= '9')
          || (letter >= 'a' && letter <= 'z')
          || (letter >= 'A' && letter <= 'Z');
    }
    return everyScript && (Character.isLetterOrDigit(letter) || mark(letter));
  }

  private static boolean mark(int letter) {
    int type = Character.getType(letter);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Splits camelCase humps, lowers letters and shrinks runs of underscores. */
  private static String words(String text) {
    StringBuilder words = new StringBuilder(text.length() + 4);
    int before = '_';
    for (int at = 0; at < text.length(); ) {
      int letter = text.codePointAt(at);
      at += Character.charCount(letter);
      int after = at < text.length() ? text.codePointAt(at) : '_';
      if (upper(letter) && before != '_' && (lower(after) || lower(before) || digit(before))) {
        words.append('_');
      }
      if (letter != '_' || before != '_' || words.length() == 0) {
        words.appendCodePoint(Character.toLowerCase(letter));
      }
      before = letter;
    }
    return words.toString();
  }

  // Only a letter that lowering changes makes a hump: some capitals have no small form.
  private static boolean upper(int letter) {
    return Character.toLowerCase(letter) != letter;
  }

  private static boolean lower(int letter) {
    return Character.isLowerCase(letter);
  }

  private static boolean digit(int letter) {
    return Character.isDigit(letter);
  }
}
