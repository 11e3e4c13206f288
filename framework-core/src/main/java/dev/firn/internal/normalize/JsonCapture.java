package dev.firn.internal.normalize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes events as JSON text: for columns declared as JSON, and below the nesting limit. */
final class JsonCapture {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final SeenKeys keys = new SeenKeys();
  private byte[] text = new byte[256];
  private int[] objects = new int[16];
  private int lastObject;
  private int end;
  private int open;
  private boolean comma;

  void begin() {
    end = 0;
    open = 0;
    comma = false;
    lastObject = 0;
    keys.clear();
  }

  /** Whether all that was opened is closed again. */
  boolean complete() {
    return open == 0;
  }

  /** Objects and lists that are open. */
  int depth() {
    return open;
  }

  byte[] text() {
    return text;
  }

  int length() {
    return end;
  }

  void open(char bracket) {
    separate();
    put(bracket);
    if (open == objects.length) {
      objects = Arrays.copyOf(objects, 2 * open);
    }
    objects[open++] = ++lastObject;
    comma = false;
  }

  void close(char bracket) {
    put(bracket);
    open--;
    comma = true;
  }

  /** Writes a key; returns whether it is the first of its name in its object. */
  boolean key(byte[] utf8, int from, int to) {
    separate();
    int start = end;
    quoted(utf8, from, to);
    boolean isNew = keys.add(objects[open - 1], text, start, end);
    put(':');
    comma = false;
    return isNew;
  }

  /** A number, boolean or null, as it is written. */
  void raw(byte[] ascii, int from, int to) {
    separate();
    reserve(to - from);
    System.arraycopy(ascii, from, text, end, to - from);
    end += to - from;
    comma = true;
  }

  void raw(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    raw(bytes, 0, bytes.length);
  }

  void string(byte[] utf8, int from, int to) {
    separate();
    quoted(utf8, from, to);
    comma = true;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
  }

  private void quoted(byte[] utf8, int from, int to) {
    reserve(6 * (to - from) + 2);
    text[end++] = '"';
    for (int i = from; i < to; i++) {
      escaped(utf8[i]);
    }
    text[end++] = '"';
  }

  private void escaped(byte c) {
    if (c == '"' || c == '\\') {
      text[end++] = '\\';
      text[end++] = c;
    } else if (c >= 0 && c < ' ') {
      byte[] escape = {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]};
      System.arraycopy(escape, 0, text, end, escape.length);
      end += escape.length;
    } else {
      text[end++] = c;
    }
  }

  private void put(char c) {
    reserve(1);
    text[end++] = (byte) c;
  }

  private void reserve(int more) {
    if (end + more > text.length) {
      text = Arrays.copyOf(text, Math.max(end + more, text.length * 2));
    }
  }
}
