package dev.firn.files.internal.parse;

import static dev.firn.files.internal.parse.Words.HIGH;
import static dev.firn.files.internal.parse.Words.ONES;

import dev.firn.source.RecordLimits;
import dev.firn.source.RecordSink;

/**
 * Reads one JSON value of RFC 8259 as events, strictly: grammar, UTF-8, surrogate pairs. The bytes
 * after the value's chunk begin with a zero byte, which no token can hold, so that no loop asks for
 * the end.
 */
final class JsonTokenizer {
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  /** More digits may not fit into a long. */
  private static final int LONG_DIGITS = 18;

  /** The time to read a number grows with the square of its length. */
  private static final int NUMBER_BYTES = 1_000;

  private final RecordLimits limits;
  private final boolean lines;

  /** For each open level, whether it is an object. */
  private final boolean[] objects;

  private final EscapedText escaped;
  private int at;

  /**
   * @param lines a newline ends the value, wherever it stands
   */
  JsonTokenizer(RecordLimits limits, boolean lines) {
    this.limits = limits;
    this.lines = lines;
    this.objects = new boolean[limits.depth()];
    this.escaped = new EscapedText(limits);
  }

  /** The index of the token sent last. */
  int at() {
    return at;
  }

  /** Sends the value that begins at {@code start} or after blanks; returns the index after it. */
  int value(byte[] b, int start, RecordSink sink) {
    int depth = 0;
    int i = start;
    while (true) {
      i = blanks(b, i);
      at = i;
      switch (b[i]) {
        case '"' -> i = string(b, i, sink);
        case '{' -> {
          open(depth, i, true);
          sink.beginObject();
          i = blanks(b, i + 1);
          if (b[i] != '}') {
            depth++;
            i = key(b, i, sink);
            continue;
          }
          i++;
          sink.endObject();
        }
        case '[' -> {
          open(depth, i, false);
          sink.beginList();
          i = blanks(b, i + 1);
          if (b[i] != ']') {
            depth++;
            continue;
          }
          i++;
          sink.endList();
        }
        case 't' -> {
          i = literal(b, i, "true");
          sink.bool(true);
        }
        case 'f' -> {
          i = literal(b, i, "false");
          sink.bool(false);
        }
        case 'n' -> {
          i = literal(b, i, "null");
          sink.nothing();
        }
        default -> i = number(b, i, sink);
      }
      // a value is complete: close what ends here, up to the next value
      while (true) {
        if (depth == 0) {
          return i;
        }
        i = blanks(b, i);
        byte c = b[i];
        if (objects[depth - 1]) {
          if (c == ',') {
            i = key(b, blanks(b, i + 1), sink);
            break;
          }
          if (c != '}') {
            throw Malformed.expected(i, "',' or '}' after a value");
          }
          at = i;
          sink.endObject();
        } else {
          if (c == ',') {
            i++;
            break;
          }
          if (c != ']') {
            throw Malformed.expected(i, "',' or ']' after an element");
          }
          at = i;
          sink.endList();
        }
        depth--;
        i++;
      }
    }
  }

  /** The first index at or after {@code i} that holds no blank; a newline is none in a line. */
  int blanks(byte[] b, int i) {
    byte c = b[i];
    if (c > ' ') {
      return i;
    }
    while (c == ' ' || c == '\t' || c == '\r' || (c == '\n' && !lines)) {
      c = b[++i];
    }
    return i;
  }

  private void open(int depth, int i, boolean object) {
    if (depth == objects.length) {
      throw Malformed.limit(i, "more than " + objects.length + " levels of nesting (limits.depth)");
    }
    objects[depth] = object;
  }

  private int key(byte[] b, int i, RecordSink sink) {
    if (b[i] != '"') {
      throw Malformed.expected(i, "a key in double quotes");
    }
    at = i;
    int end = plain(b, i + 1);
    if (b[end] == '"') {
      EscapedText.bound(i, end - i - 1, limits);
      sink.key(b, i + 1, end);
    } else {
      end = escaped.read(b, i, end);
      sink.key(escaped.bytes(), 0, escaped.length());
    }
    int colon = blanks(b, end + 1);
    if (b[colon] != ':') {
      throw Malformed.expected(colon, "':' after a key");
    }
    return colon + 1;
  }

  private int string(byte[] b, int i, RecordSink sink) {
    int end = plain(b, i + 1);
    if (b[end] == '"') {
      EscapedText.bound(i, end - i - 1, limits);
      sink.string(b, i + 1, end);
    } else {
      end = escaped.read(b, i, end);
      sink.string(escaped.bytes(), 0, escaped.length());
    }
    return end + 1;
  }

  /** The first quote or backslash at or after {@code i}; what lies before is checked. */
  static int plain(byte[] b, int i) {
    while (true) {
      long w = Words.at(b, i);
      long quotes = w ^ QUOTES;
      long backslashes = w ^ BACKSLASHES;
      // one test for: a quote, a backslash, a control character, a byte above 127
      long marks =
          (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | (w - SPACES) | w)
              & HIGH;
      if (marks == 0) {
        i += 8;
        continue;
      }
      i += Words.before(marks);
      byte c = b[i];
      if (c >= 0) {
        if (c < ' ') {
          throw Malformed.expected(i, "a character of a string or '\"'");
        }
        return i;
      }
      i = sequences(b, i);
    }
  }

  /** Passes over characters above 127. */
  private static int sequences(byte[] b, int i) {
    do {
      int next = Utf8.after(b, i);
      if (next < 0) {
        throw Malformed.because(i, String.format("byte 0x%02X is no valid UTF-8 here", b[i]));
      }
      i = next;
    } while (b[i] < 0);
    return i;
  }

  // ---- numbers and literals

  private static int number(byte[] b, int start, RecordSink sink) {
    boolean negative = b[start] == '-';
    int first = negative ? start + 1 : start;
    int i = first;
    long value = 0;
    if (b[i] == '0') {
      i++;
    } else {
      while (digit(b[i])) {
        value = value * 10 + (b[i] - '0');
        i++;
      }
    }
    if (i == first) {
      throw Malformed.expected(i, negative ? "a digit" : "a value");
    }
    byte c = b[i];
    if (c == '.' || c == 'e' || c == 'E') {
      i = fraction(b, i);
    } else if (digit(c)) {
      throw Malformed.because(first, "a number begins with a needless 0");
    } else if (i - first <= LONG_DIGITS && !(negative && value == 0)) {
      sink.integer(negative ? -value : value);
      return i;
    }
    if (i - start > NUMBER_BYTES) {
      throw Malformed.limit(start, "a number of more than " + NUMBER_BYTES + " characters");
    }
    sink.number(b, start, i);
    return i;
  }

  private static int fraction(byte[] b, int i) {
    if (b[i] == '.') {
      i = digits(b, i + 1);
    }
    if (b[i] == 'e' || b[i] == 'E') {
      i++;
      i = digits(b, b[i] == '+' || b[i] == '-' ? i + 1 : i);
    }
    return i;
  }

  private static int digits(byte[] b, int i) {
    if (!digit(b[i])) {
      throw Malformed.expected(i, "a digit");
    }
    while (digit(b[i])) {
      i++;
    }
    return i;
  }

  private static boolean digit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static int literal(byte[] b, int i, String word) {
    for (int k = 1; k < word.length(); k++) {
      if (b[i + k] != word.charAt(k)) {
        throw Malformed.expected(i + k, "'" + word + "'");
      }
    }
    return i + word.length();
  }
}
