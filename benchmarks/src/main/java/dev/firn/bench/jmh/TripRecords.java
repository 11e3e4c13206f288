package dev.firn.bench.jmh;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Trips as Iceberg's generic records. */
final class TripRecords {
  private static final OffsetDateTime EPOCH =
      OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private TripRecords() {}

  static Schema schema(List<FieldVector> vectors) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (FieldVector vector : vectors) {
      fields.add(Types.NestedField.optional(fields.size() + 1, vector.getName(), type(vector)));
    }
    return new Schema(fields);
  }

  private static Type type(FieldVector vector) {
    return switch (vector.getMinorType()) {
      case BIGINT -> Types.LongType.get();
      case FLOAT8 -> Types.DoubleType.get();
      case BIT -> Types.BooleanType.get();
      case TIMESTAMPMICROTZ -> Types.TimestampType.withZone();
      case VARCHAR -> Types.StringType.get();
      default -> throw new IllegalArgumentException(vector.getMinorType().name());
    };
  }

  static List<Record> of(Schema schema, List<FieldVector> vectors, int rows) {
    List<Record> records = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      GenericRecord record = GenericRecord.create(schema);
      for (int column = 0; column < vectors.size(); column++) {
        if (!vectors.get(column).isNull(row)) {
          record.set(column, value(vectors.get(column), row));
        }
      }
      records.add(record);
    }
    return records;
  }

  private static Object value(FieldVector vector, int row) {
    if (vector instanceof BigIntVector longs) {
      return longs.get(row);
    }
    if (vector instanceof Float8Vector doubles) {
      return doubles.get(row);
    }
    if (vector instanceof BitVector bits) {
      return bits.get(row) != 0;
    }
    if (vector instanceof TimeStampMicroTZVector times) {
      return EPOCH.plus(times.get(row), ChronoUnit.MICROS);
    }
    return new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
  }
}
