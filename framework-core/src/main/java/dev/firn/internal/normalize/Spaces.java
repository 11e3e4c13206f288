package dev.firn.internal.normalize;

/** Blanks around text. */
final class Spaces {
  private Spaces() {}

  /** Where the text begins behind its leading blanks. */
  static int behind(byte[] utf8, int from, int to) {
    int at = from;
    while (at < to && utf8[at] >= 0 && utf8[at] <= ' ') {
      at++;
    }
    return at;
  }

  /** Where the text ends before its trailing blanks. */
  static int before(byte[] utf8, int from, int to) {
    int at = to;
    while (at > from && utf8[at - 1] >= 0 && utf8[at - 1] <= ' ') {
      at--;
    }
    return at;
  }
}
