package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

class HybridIntsProperties {
  /** Each number stands for a run of it, so runs and packed values take turns. */
  @Property(tries = 300)
  void decodesWhatParquetEncodes(
      @ForAll @IntRange(min = 1, max = 32) int width,
      @ForAll @Size(max = 60) int[] numbers,
      @ForAll @IntRange(min = 1, max = 40) int run)
      throws IOException {
    int[] values = values(numbers, run, width);
    byte[] encoded = encode(values, width);

    int[] decoded = new int[values.length + 1];
    decoded[values.length] = 77;
    HybridInts.decode(ByteBuffer.wrap(encoded), width, decoded, values.length);

    assertThat(Arrays.copyOf(decoded, values.length)).containsExactly(values);
    assertThat(decoded[values.length]).isEqualTo(77);
  }

  @Example
  void valuesOfNoBitsAreAllZero() {
    int[] decoded = {5, 5, 5};
    HybridInts.decode(ByteBuffer.allocate(0), 0, decoded, 2);
    assertThat(decoded).containsExactly(0, 0, 5);
  }

  @Example
  void bytesThatEndTooEarlyAreRefused() throws IOException {
    byte[] encoded = encode(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, 4);
    assertThatThrownBy(() -> HybridInts.decode(ByteBuffer.wrap(encoded, 0, 3), 4, new int[8], 8))
        .isInstanceOf(BufferUnderflowException.class);
  }

  private static int[] values(int[] numbers, int run, int width) {
    int mask = (int) ((1L << width) - 1);
    int[] values = new int[numbers.length * run];
    for (int i = 0; i < values.length; i++) {
      int number = numbers[i / run];
      values[i] = (number % 2 == 0 ? number : number + i) & mask;
    }
    return values;
  }

  private static byte[] encode(int[] values, int width) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, new HeapByteBufferAllocator())) {
      for (int value : values) {
        encoder.writeInt(value);
      }
      return encoder.toBytes().toByteArray();
    }
  }
}
