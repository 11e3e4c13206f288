package dev.firn.files.internal.parse;

import dev.firn.error.ErrorCode;

/** A fault at an index, before it is known where in which file that is. */
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final ErrorCode code;
  private final boolean describesFound;

  private Malformed(int index, ErrorCode code, String message, boolean describesFound) {
    super(message, null, false, false);
    this.index = index;
    this.code = code;
    this.describesFound = describesFound;
  }

  /** Something else stands at {@code index}. */
  static Malformed expected(int index, String what) {
    return new Malformed(index, ErrorCode.MALFORMED_DATA, "expected " + what, true);
  }

  /** What stands at {@code index} is wrong by itself. */
  static Malformed because(int index, String what) {
    return new Malformed(index, ErrorCode.MALFORMED_DATA, what, false);
  }

  /** More than a limit allows. */
  static Malformed limit(int index, String what) {
    return new Malformed(index, ErrorCode.LIMIT_EXCEEDED, what, false);
  }

  int index() {
    return index;
  }

  ErrorCode code() {
    return code;
  }

  /** The whole message for bytes that end at {@code to}. */
  String message(byte[] b, int to) {
    String what = String.valueOf(getMessage());
    return describesFound ? "found " + found(b, index, to) + ", " + what : what;
  }

  private static String found(byte[] b, int i, int to) {
    if (i >= to) {
      return "the end of the data";
    }
    if (b[i] == '\n') {
      return "the end of the line";
    }
    if (b[i] > ' ' && b[i] < 0x7f) {
      return "'" + (char) b[i] + "'";
    }
    return String.format("byte 0x%02X", b[i]);
  }
}
