package dev.firn.bench.data;

import java.nio.charset.StandardCharsets;

/**
 * Words as people write them in commits and issues: quotes, line ends and some non-ASCII text
 * included.
 */
final class Phrases {
  private static final String[] WORDS =
      ("fix add update remove refactor test build merge branch docs cache index query table column"
              + " schema reader writer stream parser buffer vector page chunk token user config"
              + " release version error timeout retry async lock thread memory leak null pointer"
              + " await type interface module package import export default value option flag path"
              + " file directory")
          .split(" ");
  private static final byte[] NON_ASCII = "naïve ✓".getBytes(StandardCharsets.UTF_8);
  private static final int ODD_ONES = 60;

  private final Draw draw;

  Phrases(Draw draw) {
    this.draw = draw;
  }

  String word() {
    return draw.from(WORDS);
  }

  static String wordOf(int number) {
    return WORDS[number % WORDS.length];
  }

  /** Words with a blank between, ready for the inside of a JSON text. */
  void write(TextOut out, int words) {
    for (int i = 0; i < words; i++) {
      if (i > 0) {
        out.ascii(' ');
      }
      switch (draw.below(ODD_ONES)) {
        case 0 -> out.ascii("\\\"").ascii(word()).ascii("\\\"");
        case 1 -> out.utf8(NON_ASCII);
        case 2 -> out.ascii('#').number(draw.below(9999));
        default -> out.ascii(word());
      }
    }
  }

  /** One to four lines of up to {@code wordsALine} words. */
  void writeLines(TextOut out, int wordsALine) {
    int lines = draw.between(1, 4);
    for (int i = 0; i < lines; i++) {
      out.ascii(i > 0 ? "\\r\\n" : "");
      write(out, draw.between(1, wordsALine));
    }
  }
}
