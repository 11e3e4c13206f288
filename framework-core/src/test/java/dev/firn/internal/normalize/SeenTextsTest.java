package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.DataType.Simple;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class SeenTextsTest {
  private final SeenTexts seen = new SeenTexts();
  private int asked;

  /** The verdict of a text is its length, so that another text's verdict would show. */
  private void judge(ColumnBuffer column, int row, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    column.putBytes(row, utf8, 0, utf8.length);

    int verdict =
        seen.verdict(
            column,
            row,
            () -> {
              asked++;
              return utf8.length;
            });

    assertThat(verdict).isEqualTo(utf8.length);
  }

  @Test
  void aTextThatComesAgainIsJudgedOnce() {
    try (BufferAllocator allocator = new RootAllocator();
        ColumnBuffer column = new ColumnBuffer(allocator, Simple.STRING)) {
      for (int row = 0; row < 10_000; row++) {
        judge(column, row, "x".repeat(row % 5));
      }
    }
    assertThat(asked).isEqualTo(5);
  }

  @Test
  void textsOfOneSlotAndLongTextsAreToldApart() {
    try (BufferAllocator allocator = new RootAllocator();
        ColumnBuffer column = new ColumnBuffer(allocator, Simple.STRING)) {
      for (int row = 0; row < 20_000; row++) {
        judge(column, row, row + "é".repeat(row % 50));
      }
    }
    assertThat(asked).isEqualTo(20_000);
  }
}
