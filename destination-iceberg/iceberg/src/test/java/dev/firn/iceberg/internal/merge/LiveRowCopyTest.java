package dev.firn.iceberg.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class LiveRowCopyTest {
  private static final Schema COLUMNS =
      new Schema(
          Types.NestedField.optional(1, "truth", Types.BooleanType.get()),
          Types.NestedField.optional(2, "small", Types.IntegerType.get()),
          Types.NestedField.optional(3, "large", Types.LongType.get()),
          Types.NestedField.optional(4, "single", Types.FloatType.get()),
          Types.NestedField.optional(5, "double", Types.DoubleType.get()),
          Types.NestedField.optional(6, "price", Types.DecimalType.of(9, 2)),
          Types.NestedField.optional(7, "huge", Types.DecimalType.of(38, 3)),
          Types.NestedField.optional(8, "day", Types.DateType.get()),
          Types.NestedField.optional(9, "time", Types.TimeType.get()),
          Types.NestedField.optional(10, "at", Types.TimestampType.withZone()),
          Types.NestedField.optional(11, "local", Types.TimestampType.withoutZone()),
          Types.NestedField.optional(12, "text", Types.StringType.get()),
          Types.NestedField.optional(13, "id", Types.UUIDType.get()),
          Types.NestedField.optional(14, "raw", Types.BinaryType.get()));

  @Test
  void valuesOfAllTypesSurvive() throws IOException {
    try (Lake lake = Lake.keyedBy("id");
        BufferAllocator memory = new RootAllocator()) {
      Table table = lake.create("kinds", COLUMNS);
      List<Record> rows = new ArrayList<>();
      RoaringBitmap dead = new RoaringBitmap();
      for (int i = 0; i < 10_000; i++) {
        rows.add(i % 7 == 3 ? GenericRecord.create(COLUMNS) : row(i));
        if (i % 3 != 1) {
          dead.add(i);
        }
      }
      DataFile staged = Lake.write(table, "staged", GenericRecord.create(COLUMNS), rows);
      StagedPlan plan =
          StagedPlan.first(
              new StagedData(staged, table.spec(), List.of(StagedGroup.whole(1, 0, 10_000))),
              Positions.of(dead));

      DataFile copy =
          new LiveRowCopy(
                  new MergeTable(
                      TableName.parse("shop.kinds"), Optional.of(table), table, COLUMNS, List.of()),
                  FooterSchema.of(table.schema(), MetricsConfig.forTable(table)),
                  EncoderSettings.DEFAULT,
                  memory)
              .copy(plan, table.location() + "/data/copy.parquet");
      table.newAppend().appendFile(copy).commit();

      assertThat(plan.fate()).isEqualTo(StagedPlan.Fate.REWRITE);
      List<Record> read = new ArrayList<>();
      try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
        records.forEach(read::add);
      }
      List<Record> live = new ArrayList<>();
      for (int i = 1; i < rows.size(); i += 3) {
        live.add(rows.get(i));
      }
      assertThat(read).isEqualTo(live);
    }
  }

  private static Record row(int i) {
    return Lake.record(
        COLUMNS,
        i % 2 == 0,
        -i,
        (long) i << 35,
        i == 8 ? Float.NaN : i / 3f,
        i == 15 ? Double.NEGATIVE_INFINITY : -i / 7d,
        BigDecimal.valueOf(-i, 2),
        new BigDecimal("-12345678901234567890123456789012345." + (100 + i % 900)),
        LocalDate.ofEpochDay(i - 5_000),
        LocalTime.ofNanoOfDay(i * 1_000L),
        OffsetDateTime.parse("1969-12-31T23:59:59.999999Z").plusHours(i),
        LocalDateTime.parse("1969-12-31T23:59:59.999999").plusMinutes(i),
        "text ü " + i,
        new UUID(i, -i),
        ByteBuffer.wrap(new byte[] {(byte) i, 0, -1}));
  }
}
