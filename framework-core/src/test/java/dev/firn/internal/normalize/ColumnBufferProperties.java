package dev.firn.internal.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;

/** A column's own buffers read through Arrow as a map of rows says. */
class ColumnBufferProperties {
  private static final List<DataType> TYPES =
      List.of(
          Simple.BOOLEAN,
          Simple.LONG,
          Simple.STRING,
          new DataType.Decimal(38, 2),
          Simple.DOUBLE,
          Simple.INT32);

  @Property(tries = 200)
  void vectorsHoldWhatWasPutAndNotTakenBack(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 3000) int most) {
    Random random = new Random(seed);
    try (RootAllocator allocator = new RootAllocator();
        ColumnBuffer buffer = new ColumnBuffer(allocator, Simple.LONG)) {
      for (int round = 0; round < 3; round++) {
        DataType type = TYPES.get(random.nextInt(TYPES.size()));
        buffer.reset(type);
        TreeMap<Integer, Object> rows = fill(buffer, type, most, random);
        int count = rows.isEmpty() ? random.nextInt(3) : rows.lastKey() + 1 + random.nextInt(3);

        assertThat(buffer.nonNull()).isEqualTo(rows.size());
        assertThat(buffer.lastRow()).isEqualTo(rows.isEmpty() ? -1 : rows.lastKey());
        try (FieldVector vector = buffer.vector("c", count, allocator)) {
          assertThat(vector.getValueCount()).isEqualTo(count);
          assertThat(vector.getNullCount()).isEqualTo(count - rows.size());
          for (int row = 0; row < count; row++) {
            assertThat(plain(vector.getObject(row))).isEqualTo(rows.get(row));
          }
        }
      }
    }
  }

  private static Object plain(Object value) {
    return value instanceof org.apache.arrow.vector.util.Text ? value.toString() : value;
  }

  private static TreeMap<Integer, Object> fill(
      ColumnBuffer buffer, DataType type, int most, Random random) {
    TreeMap<Integer, Object> rows = new TreeMap<>();
    for (int row = random.nextInt(20); row < most; row += 1 + random.nextInt(9)) {
      rows.put(row, put(buffer, type, row, random));
      if (random.nextInt(20) == 0) {
        int kept = Math.max(0, row - random.nextInt(30));
        buffer.truncate(kept);
        rows.tailMap(kept, true).clear();
        row = Math.max(kept - 1, rows.isEmpty() ? -1 : rows.lastKey());
      }
    }
    return rows;
  }

  private static Object put(ColumnBuffer buffer, DataType type, int row, Random random) {
    if (type instanceof DataType.Decimal) {
      BigDecimal decimal =
          new BigDecimal(
              new java.math.BigInteger(120, random)
                  .subtract(java.math.BigInteger.ONE.shiftLeft(119)),
              2);
      buffer.putDecimal(row, decimal);
      assertThat(buffer.decimalAt(row, 2)).isEqualTo(decimal);
      return decimal;
    } else if (type == Simple.BOOLEAN) {
      boolean value = random.nextBoolean();
      buffer.putBoolean(row, value);
      return value;
    } else if (type == Simple.STRING) {
      String text = "é".repeat(random.nextInt(30)) + random.nextInt(99);
      byte[] utf8 = ("<" + text).getBytes(UTF_8);
      buffer.putBytes(row, utf8, 1, utf8.length);
      return text;
    } else if (type == Simple.DOUBLE) {
      double value = random.nextDouble();
      buffer.putDouble(row, value);
      return value;
    } else if (type == Simple.INT32) {
      buffer.putInt(row, row - 7);
      return row - 7;
    }
    long value = random.nextLong();
    buffer.putLong(row, value);
    return value;
  }
}
