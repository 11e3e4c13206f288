package dev.firn.iceberg.internal.merge;

import dev.firn.iceberg.internal.parquet.RowGroupFilter;
import java.util.Arrays;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Values of one column that bloom filters are asked for: so few that all may be missing. */
final class KeyProbes {
  /** More values hardly ever miss a row group. */
  static final int MOST = 1 << 12;

  // Only its hash function is used, which is that of all filters.
  private final BloomFilter hashing =
      new BlockSplitBloomFilter(BlockSplitBloomFilter.LOWER_BOUND_BYTES);
  private long[] values = new long[16]; // whole numbers, of other types their hashes
  private int count;
  private boolean numbers;
  private boolean known = true;

  /** Adds a row's value, which is not null. */
  void add(ReadColumn column, int row) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value(column, row);
  }

  private long value(ReadColumn column, int row) {
    Type.TypeID type = column.type().typeId();
    return switch (type) {
      case INTEGER, LONG, DATE -> {
        numbers = true;
        yield column.longs()[row];
      }
      case STRING, BINARY, UUID ->
          hashing.hash(
              Binary.fromReusedByteArray(
                  column.bytes(), column.offsets()[row], column.length(row)));
      default -> {
        known = false; // files may hold such values in several ways
        yield 0;
      }
    };
  }

  /** The row groups that may hold one of the values in a column. */
  RowReader.Stretches within(Types.NestedField column) {
    return new RowReader.Stretches() {
      @Override
      public boolean touch(long from, long rows) {
        return true;
      }

      @Override
      public boolean touch(BlockMetaData group, RowGroupFilter.BloomFilters filters) {
        return group.getColumns().stream()
            .filter(chunk -> isColumn(chunk, column))
            .allMatch(chunk -> mayBeIn(chunk, filters));
      }
    };
  }

  static boolean isColumn(ColumnChunkMetaData chunk, Types.NestedField field) {
    org.apache.parquet.schema.Type.ID id = chunk.getPrimitiveType().getId();
    return chunk.getPath().size() == 1 && id != null && id.intValue() == field.fieldId();
  }

  /** Whether a column chunk may hold one of the values. */
  boolean mayBeIn(ColumnChunkMetaData chunk, RowGroupFilter.BloomFilters filters) {
    PrimitiveTypeName physical = chunk.getPrimitiveType().getPrimitiveTypeName();
    return !known || filters.of(chunk).map(each -> mayBeIn(each, physical)).orElse(true);
  }

  private boolean mayBeIn(BloomFilter filter, PrimitiveTypeName physical) {
    boolean wide = physical == PrimitiveTypeName.INT64;
    boolean whole = wide || physical == PrimitiveTypeName.INT32;
    if (whole != numbers) {
      return true;
    }
    for (int i = 0; i < count; i++) {
      long value = values[i];
      if (!whole) {
        if (filter.findHash(value)) {
          return true;
        }
      } else if (wide
          ? filter.findHash(filter.hash(value))
          : value == (int) value && filter.findHash(filter.hash((int) value))) {
        return true;
      }
    }
    return false;
  }
}
