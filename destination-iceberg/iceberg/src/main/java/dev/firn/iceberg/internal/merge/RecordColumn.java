package dev.firn.iceberg.internal.merge;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** Gathers one column's values, as Iceberg holds them in memory, into arrays. */
final class RecordColumn {
  private final Type type;
  private final boolean isLong;
  private final BitSet nulls = new BitSet();
  private final long[] longs;
  private final int[] offsets;
  private byte[] bytes = new byte[0];
  private int rows;

  RecordColumn(Type type, int mostRows) {
    this.type = type;
    isLong = ReadColumn.isLong(type);
    longs = new long[isLong ? mostRows : 0];
    offsets = new int[isLong ? 0 : mostRows + 1];
  }

  void add(@Nullable Object value) {
    if (value == null) {
      nulls.set(rows);
    }
    if (isLong) {
      longs[rows] = value == null ? 0 : toLong(value);
    } else {
      append(value == null ? new byte[0] : toBytes(value));
    }
    rows++;
  }

  private static long toLong(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof Double number) {
      return Double.doubleToRawLongBits(number);
    }
    if (value instanceof Float number) {
      return Float.floatToRawIntBits(number);
    }
    return value instanceof BigDecimal decimal
        ? decimal.unscaledValue().longValueExact()
        : ((Number) value).longValue();
  }

  private static byte[] toBytes(Object value) {
    if (value instanceof UUID uuid) {
      return words(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
    if (value instanceof BigDecimal decimal) {
      return words(
          decimal.unscaledValue().shiftRight(Long.SIZE).longValue(),
          decimal.unscaledValue().longValue());
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      return copy;
    }
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] words(long high, long low) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  private void append(byte[] value) {
    int from = offsets[rows];
    int to = from + value.length;
    if (to > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(to, 2 * bytes.length));
    }
    System.arraycopy(value, 0, bytes, from, value.length);
    offsets[rows + 1] = to;
  }

  /** The rows since the last {@link #clear}. */
  ReadColumn read() {
    return isLong
        ? ReadColumn.ofLongs(type, nulls::get, longs)
        : ReadColumn.ofBytes(type, nulls::get, bytes, offsets);
  }

  void clear() {
    nulls.clear();
    rows = 0;
  }
}
