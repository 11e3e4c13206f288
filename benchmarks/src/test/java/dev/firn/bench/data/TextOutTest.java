package dev.firn.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TextOutTest {
  @Test
  void writesNumbersOfAllLengths() throws IOException {
    assertThat(text(out -> out.number(0).ascii(' ').number(-10).ascii(' ').number(Long.MAX_VALUE)))
        .isEqualTo("0 -10 " + Long.MAX_VALUE);
  }

  @Test
  void writesDecimalsInTheirShortestForm() throws IOException {
    assertThat(text(out -> out.decimal(1250, 2))).isEqualTo("12.5");
    assertThat(text(out -> out.decimal(300, 2))).isEqualTo("3.0");
    assertThat(text(out -> out.decimal(7, 2))).isEqualTo("0.07");
    assertThat(text(out -> out.decimal(9050, 4))).isEqualTo("0.905");
  }

  @Test
  void writesTimes() throws IOException {
    assertThat(text(out -> out.seconds(1_709_210_096_789L, 'T'))).isEqualTo("2024-02-29T12:34:56");
  }

  @Test
  void writesHexadecimalDigits() throws IOException {
    assertThat(text(out -> out.hex(0x0fedL, 6))).isEqualTo("000fed");
  }

  @Test
  void countsBytesAcrossItsBuffer() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TextOut out = new TextOut(bytes)) {
      for (int i = 0; i < 300_000; i++) {
        out.ascii("12345");
      }
      assertThat(out.bytes()).isEqualTo(1_500_000);
    }
    assertThat(bytes.size()).isEqualTo(1_500_000);
  }

  private static String text(Consumer<TextOut> writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TextOut out = new TextOut(bytes)) {
      writing.accept(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
