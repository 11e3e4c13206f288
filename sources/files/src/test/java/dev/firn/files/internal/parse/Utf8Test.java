package dev.firn.files.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The JDK's strict decoder says what is UTF-8. */
class Utf8Test {
  /** Both sides of every bound that a continuation byte has. */
  private static final int[] BOUNDS = {0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer characters = CharBuffer.allocate(4);

  @Test
  void everySequenceIsJudgedAsTheJdkDoes() {
    for (int first = 0x80; first <= 0xff; first++) {
      for (int second : BOUNDS) {
        for (int third : BOUNDS) {
          for (int fourth : BOUNDS) {
            assertJudged(new byte[] {(byte) first, (byte) second, (byte) third, (byte) fourth});
          }
        }
      }
    }
  }

  @Test
  void everyCharacterIsEncodedAsTheJdkDoes() {
    byte[] into = new byte[4];
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .filter(c -> c < 0x900 || c % 61 == 0 || (c & 0xff) < 2 || (c & 0xff) > 0xfd)
        .forEach(
            c -> {
              int length = Utf8.encode(c, into, 0);
              String text = new String(into, 0, length, StandardCharsets.UTF_8);
              assertThat(text.codePointAt(0)).isEqualTo(c);
              assertThat(text.length()).isEqualTo(Character.charCount(c));
              assertThat(length == 1 ? 1 : Utf8.after(into, 0)).isEqualTo(length);
            });
  }

  /** Compares where the first character of four bytes ends. */
  private void assertJudged(byte[] bytes) {
    int expected = -1;
    for (int length = 2; length <= 4 && expected < 0; length++) {
      characters.clear();
      decoder.reset();
      boolean whole =
          decoder.decode(ByteBuffer.wrap(bytes, 0, length), characters, true).isUnderflow();
      boolean one = characters.position() == 1 || (characters.position() == 2 && length == 4);
      expected = whole && one ? length : -1;
    }
    if (Utf8.after(bytes, 0) != expected) {
      assertThat(Utf8.after(bytes, 0)).as(ByteBuffer.wrap(bytes).getInt() + "").isEqualTo(expected);
    }
  }
}
