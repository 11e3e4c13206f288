package dev.firn.iceberg.internal.merge;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Gathers chosen rows of what was read into vectors, one per column. */
final class LiveVectors implements AutoCloseable {
  private final List<FieldVector> vectors = new ArrayList<>();
  private final List<Setter> setters = new ArrayList<>();
  private int rows;
  private long bytes;

  LiveVectors(BufferAllocator memory, Schema columns) {
    for (Types.NestedField column : columns.columns()) {
      add(memory, column.name(), column.type());
    }
  }

  /** Copies one present value into a row. */
  @FunctionalInterface
  private interface Setter {
    void set(int to, ReadColumn from, int row);
  }

  private void add(BufferAllocator memory, String name, Type type) {
    switch (type.typeId()) {
      case BOOLEAN -> {
        BitVector bits = new BitVector(name, memory);
        add(bits, (to, from, row) -> bits.setSafe(to, (int) from.longs()[row]));
      }
      case INTEGER -> {
        IntVector ints = new IntVector(name, memory);
        add(ints, (to, from, row) -> ints.setSafe(to, (int) from.longs()[row]));
      }
      case LONG -> {
        BigIntVector longs = new BigIntVector(name, memory);
        add(longs, (to, from, row) -> longs.setSafe(to, from.longs()[row]));
      }
      case FLOAT -> {
        Float4Vector floats = new Float4Vector(name, memory);
        add(
            floats,
            (to, from, row) -> floats.setSafe(to, Float.intBitsToFloat((int) from.longs()[row])));
      }
      case DOUBLE -> {
        Float8Vector doubles = new Float8Vector(name, memory);
        add(
            doubles,
            (to, from, row) -> doubles.setSafe(to, Double.longBitsToDouble(from.longs()[row])));
      }
      case DECIMAL -> addDecimal(memory, name, (Types.DecimalType) type);
      case DATE -> {
        DateDayVector days = new DateDayVector(name, memory);
        add(days, (to, from, row) -> days.setSafe(to, (int) from.longs()[row]));
      }
      case TIME -> {
        TimeMicroVector times = new TimeMicroVector(name, memory);
        add(times, (to, from, row) -> times.setSafe(to, from.longs()[row]));
      }
      case TIMESTAMP ->
          addTimestamp(memory, name, ((Types.TimestampType) type).shouldAdjustToUTC());
      case STRING -> {
        VarCharVector strings = new VarCharVector(name, memory);
        add(
            strings,
            (to, from, row) ->
                strings.setSafe(to, from.bytes(), from.offsets()[row], from.length(row)));
      }
      case BINARY -> {
        VarBinaryVector binaries = new VarBinaryVector(name, memory);
        add(
            binaries,
            (to, from, row) ->
                binaries.setSafe(to, from.bytes(), from.offsets()[row], from.length(row)));
      }
      case UUID -> {
        FixedSizeBinaryVector uuids = new FixedSizeBinaryVector(name, memory, 16);
        add(uuids, (to, from, row) -> uuids.setSafe(to, from.copyOfBytes(row)));
      }
      default -> throw new IllegalArgumentException("Column '" + name + "' is of type " + type);
    }
  }

  private void addDecimal(BufferAllocator memory, String name, Types.DecimalType type) {
    DecimalVector decimals = new DecimalVector(name, memory, type.precision(), type.scale());
    if (ReadColumn.isLong(type)) {
      add(decimals, (to, from, row) -> decimals.setSafe(to, from.longs()[row]));
    } else {
      add(decimals, (to, from, row) -> decimals.setBigEndianSafe(to, from.copyOfBytes(row)));
    }
  }

  private void addTimestamp(BufferAllocator memory, String name, boolean zoned) {
    if (zoned) {
      TimeStampMicroTZVector instants = new TimeStampMicroTZVector(name, memory, "UTC");
      add(instants, (to, from, row) -> instants.setSafe(to, from.longs()[row]));
    } else {
      TimeStampMicroVector times = new TimeStampMicroVector(name, memory);
      add(times, (to, from, row) -> times.setSafe(to, from.longs()[row]));
    }
  }

  private void add(FieldVector vector, Setter setter) {
    vectors.add(vector);
    setters.add(setter);
  }

  void append(List<ReadColumn> columns, int row) {
    for (int i = 0; i < vectors.size(); i++) {
      ReadColumn from = columns.get(i);
      if (from.isNull(row)) {
        vectors.get(i).setNull(rows);
      } else {
        setters.get(i).set(rows, from, row);
        bytes += from.size(row);
      }
    }
    rows++;
  }

  int rows() {
    return rows;
  }

  /** About the bytes of the values gathered. */
  long bytes() {
    return bytes;
  }

  /** The vectors of all rows since the last {@link #clear}. */
  List<FieldVector> finish() {
    vectors.forEach(vector -> vector.setValueCount(rows));
    return vectors;
  }

  void clear() {
    vectors.forEach(FieldVector::reset);
    rows = 0;
    bytes = 0;
  }

  @Override
  public void close() {
    vectors.forEach(FieldVector::close);
  }
}
