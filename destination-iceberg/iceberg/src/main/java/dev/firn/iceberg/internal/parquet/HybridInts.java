package dev.firn.iceberg.internal.parquet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Decodes Parquet's hybrid of runs and packed bits, in which levels and indexes are kept. */
final class HybridInts {
  private static final int PACKED_TOGETHER = 8;

  private HybridInts() {}

  /**
   * Decodes values from the buffer's position on.
   *
   * @param width bits of each value, 0 to 32
   * @param to its first {@code count} elements are filled
   * @throws BufferUnderflowException if the bytes end before the values do
   */
  static void decode(ByteBuffer from, int width, int[] to, int count) {
    if (width == 0) {
      Arrays.fill(to, 0, count, 0);
      return;
    }
    int done = 0;
    while (done < count) {
      int header = varint(from);
      int values = header >>> 1;
      if ((header & 1) == 0) {
        int run = Math.min(values, count - done);
        Arrays.fill(to, done, done + run, littleEndian(from, (width + 7) >>> 3));
        done += run;
      } else {
        int packed = (int) Math.min((long) values * PACKED_TOGETHER, count - done);
        unpack(from, width, to, done, packed);
        done += packed;
        skip(from, (long) values * width - (((long) packed * width + 7) >>> 3));
      }
    }
  }

  private static void unpack(ByteBuffer from, int width, int[] to, int start, int count) {
    long mask = (1L << width) - 1;
    long bits = 0;
    int held = 0;
    for (int i = start; i < start + count; i++) {
      while (held < width) {
        bits |= (from.get() & 0xFFL) << held;
        held += Byte.SIZE;
      }
      to[i] = (int) (bits & mask);
      bits >>>= width;
      held -= width;
    }
  }

  /** Passes over padding; a writer may leave it out at the end. */
  private static void skip(ByteBuffer from, long bytes) {
    from.position((int) Math.min(from.limit(), from.position() + bytes));
  }

  private static int varint(ByteBuffer from) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static int littleEndian(ByteBuffer from, int bytes) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (from.get() & 0xFF) << (i * Byte.SIZE);
    }
    return value;
  }
}
