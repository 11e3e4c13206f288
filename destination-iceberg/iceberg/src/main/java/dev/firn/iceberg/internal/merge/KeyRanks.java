package dev.firn.iceberg.internal.merge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a file's bounds whether it can hold one of the staged keys. Every value of a key column
 * has a rank, a long that never falls as values rise; a file is left out when no staged rank of
 * some key column lies between the ranks of its bounds: {@link ReadColumn#rank}.
 */
final class KeyRanks {
  /** More staged rows hardly leave a file out that the range of all keys does not. */
  private static final long MOST_ROWS = 1L << 20;

  private final boolean used;
  private final List<long[]> ranks = new ArrayList<>();
  private int rows;

  KeyRanks(int keyColumns, long rows) {
    used = rows <= MOST_ROWS;
    for (int i = 0; used && i < keyColumns; i++) {
      ranks.add(new long[(int) rows]);
    }
  }

  /** Adds the key of a row. */
  void add(List<ReadColumn> columns, int row) {
    for (int i = 0; i < ranks.size(); i++) {
      ranks.get(i)[rows] = columns.get(i).rank(row);
    }
    rows++;
  }

  /** To be called once, after the last {@link #add}. */
  void sort() {
    ranks.forEach(Arrays::sort);
  }

  /**
   * Whether a file may hold a key that was added.
   *
   * @param key the key columns as the file's table has them
   */
  boolean mayBeIn(DataFile file, List<Types.NestedField> key) {
    for (int i = 0; i < ranks.size(); i++) {
      Optional<Long> lower = bound(file.lowerBounds(), key.get(i));
      Optional<Long> upper = bound(file.upperBounds(), key.get(i));
      if (lower.isPresent() && upper.isPresent()) {
        int from = Arrays.binarySearch(ranks.get(i), lower.get());
        int next = from < 0 ? -from - 1 : from;
        if (next == rows || ranks.get(i)[next] > upper.get()) {
          return false;
        }
      }
    }
    return true;
  }

  private static Optional<Long> bound(
      @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
    ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
    return bound == null ? Optional.empty() : rank(field, bound);
  }

  private static Optional<Long> rank(Types.NestedField field, ByteBuffer bound) {
    Object value = Conversions.fromByteBuffer(field.type(), bound);
    return switch (field.type().typeId()) {
      case INTEGER, LONG, DATE, TIME, TIMESTAMP -> Optional.of(((Number) value).longValue());
      case DECIMAL -> Optional.of(floor((BigDecimal) value));
      case STRING, BINARY -> {
        byte[] bytes = new byte[bound.remaining()];
        bound.duplicate().get(bytes);
        yield Optional.of(prefix(bytes, 0, bytes.length));
      }
      default -> Optional.empty();
    };
  }

  private static long floor(BigDecimal value) {
    BigInteger whole = value.setScale(0, RoundingMode.FLOOR).unscaledValue();
    if (whole.bitLength() < Long.SIZE) {
      return whole.longValue();
    }
    return whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** What is before the point of a decimal given by the halves of its unscaled value. */
  static long whole(long high, long low, int scale) {
    BigInteger upper = BigInteger.valueOf(high).shiftLeft(Long.SIZE);
    BigInteger unscaled = upper.add(new BigInteger(Long.toUnsignedString(low)));
    return floor(new BigDecimal(unscaled, scale));
  }

  /** The first eight bytes as a number that orders byte strings, except for equal ones. */
  static long prefix(byte[] bytes, int from, int length) {
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = (prefix << 8) | (i < length ? bytes[from + i] & 0xFF : 0);
    }
    return prefix ^ Long.MIN_VALUE;
  }
}
