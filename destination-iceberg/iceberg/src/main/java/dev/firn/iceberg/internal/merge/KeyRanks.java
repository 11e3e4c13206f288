package dev.firn.iceberg.internal.merge;

import dev.firn.iceberg.internal.parquet.RowGroupFilter;
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
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
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
  private final List<KeyProbes> probes = new ArrayList<>();
  private int rows;

  KeyRanks(int keyColumns, long rows) {
    used = rows <= MOST_ROWS;
    for (int i = 0; used && i < keyColumns; i++) {
      ranks.add(new long[(int) rows]);
    }
    for (int i = 0; rows <= KeyProbes.MOST && i < keyColumns; i++) {
      probes.add(new KeyProbes());
    }
  }

  /** Adds the key of a row. */
  void add(List<ReadColumn> columns, int row) {
    for (int i = 0; i < ranks.size(); i++) {
      ranks.get(i)[rows] = columns.get(i).rank(row);
    }
    for (int i = 0; i < probes.size(); i++) {
      probes.get(i).add(columns.get(i), row);
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
      if (lower.isPresent() && upper.isPresent() && !anyIn(i, lower.get(), upper.get())) {
        return false;
      }
    }
    return true;
  }

  private boolean anyIn(int column, long lower, long upper) {
    int from = Arrays.binarySearch(ranks.get(column), lower);
    int next = from < 0 ? -from - 1 : from;
    return next < rows && ranks.get(column)[next] <= upper;
  }

  /**
   * The row groups of a Parquet file that may hold a key that was added.
   *
   * @param key the key columns as the file's table has them
   */
  RowReader.Stretches within(List<Types.NestedField> key) {
    return new RowReader.Stretches() {
      @Override
      public boolean touch(long from, long count) {
        return true;
      }

      @Override
      public boolean touch(BlockMetaData group) {
        return mayBeIn(group, key);
      }

      @Override
      public boolean touch(BlockMetaData group, RowGroupFilter.BloomFilters filters) {
        return mayBeIn(group, key, filters);
      }
    };
  }

  private boolean mayBeIn(
      BlockMetaData group, List<Types.NestedField> key, RowGroupFilter.BloomFilters filters) {
    for (int i = 0; i < probes.size(); i++) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (KeyProbes.isColumn(chunk, key.get(i)) && !probes.get(i).mayBeIn(chunk, filters)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean mayBeIn(BlockMetaData group, List<Types.NestedField> key) {
    for (int i = 0; i < ranks.size(); i++) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (KeyProbes.isColumn(chunk, key.get(i)) && !mayBeIn(i, chunk, key.get(i).type())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Judges by those physical types whose statistics rank as the values do. */
  private boolean mayBeIn(
      int column, ColumnChunkMetaData chunk, org.apache.iceberg.types.Type type) {
    Statistics<?> statistics = chunk.getStatistics();
    if (statistics == null || !statistics.hasNonNullValue()) {
      return true;
    }
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE ->
          !(statistics.genericGetMin() instanceof Number least)
              || !(statistics.genericGetMax() instanceof Number greatest)
              || anyIn(column, least.longValue(), greatest.longValue());
      case STRING -> {
        byte[] least = statistics.getMinBytes();
        byte[] greatest = statistics.getMaxBytes();
        yield anyIn(column, prefix(least, 0, least.length), prefix(greatest, 0, greatest.length));
      }
      default -> true;
    };
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
