package dev.firn.iceberg.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.batch.BatchSet.Run;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.merge.MergePlan.RootCounts;
import dev.firn.load.LoadId;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTypesTest {
  private static final TableName NAME = TableName.parse("shop.things");

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of(Types.IntegerType.get(), -7, 0, Integer.MAX_VALUE),
        Arguments.of(Types.LongType.get(), Long.MIN_VALUE, 0L, Long.MAX_VALUE),
        Arguments.of(Types.DecimalType.of(9, 2), dec("-1.50"), dec("0.00"), dec("1234567.89")),
        Arguments.of(
            Types.DecimalType.of(38, 5),
            dec("-123456789012345678901234567890123.45678"),
            dec("0.00001"),
            dec("123456789012345678901234567890123.45678")),
        Arguments.of(
            Types.DateType.get(),
            LocalDate.of(1969, 1, 2),
            LocalDate.EPOCH,
            LocalDate.MAX.withYear(9999)),
        Arguments.of(
            Types.TimeType.get(),
            LocalTime.MIN,
            LocalTime.NOON,
            LocalTime.of(23, 59, 59, 999_999_000)),
        Arguments.of(
            Types.TimestampType.withZone(),
            OffsetDateTime.parse("1960-01-01T00:00:00.000001Z"),
            OffsetDateTime.parse("2000-01-01T00:00:00Z"),
            OffsetDateTime.parse("2500-01-01T00:00:00.999999Z")),
        Arguments.of(
            Types.TimestampType.withoutZone(),
            LocalDateTime.parse("1960-01-01T00:00:00.000001"),
            LocalDateTime.parse("2000-01-01T00:00:00"),
            LocalDateTime.parse("2500-01-01T00:00:00.999999")),
        Arguments.of(Types.StringType.get(), "", "same first bytes", "same first ünequal \\u007f"),
        Arguments.of(
            Types.UUIDType.get(), new UUID(-1, 5), new UUID(0, 0), new UUID(Long.MAX_VALUE, -1)),
        Arguments.of(
            Types.BinaryType.get(), bytes(), bytes(1, -1), bytes(-1, 2, 3, 4, 5, 6, 7, 8, 9)));
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void keysOfThisTypeAreFound(Type type, Object low, Object middle, Object high) {
    try (Lake lake = Lake.keyedBy("id")) {
      Table table = lake.create("things", columns(type));
      append(table, FileFormat.PARQUET, row(table, low, 1L), row(table, high, 2L));

      MergePlan plan = plan(table, row(table, middle, 3L), row(table, high, 2L));

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 0, 1, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FileFormat.class,
      names = {"AVRO", "ORC"})
  void rowsInFilesOfOtherFormatsAreFound(FileFormat format) {
    try (Lake lake = Lake.keyedBy("id")) {
      Table table = lake.create("things", columns(Types.StringType.get()));
      append(table, format, row(table, "a", 1L), row(table, "b", 2L), row(table, "c", null));

      MergePlan plan = plan(table, row(table, "b", 2L), row(table, "c", 3L), row(table, "d", 4L));

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 1, 1, 0));
      assertThat(plan.root().deletes().get(0).positions().contains(2)).isTrue();
    }
  }

  @Test
  void truthCanBeAKey() {
    try (Lake lake = Lake.keyedBy("id")) {
      Table table = lake.create("things", columns(Types.BooleanType.get()));
      append(table, FileFormat.PARQUET, row(table, true, 1L));

      MergePlan plan = plan(table, row(table, false, 2L), row(table, true, 3L));

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 1, 0, 0));
    }
  }

  @Test
  void aKeyIsTheSameAfterItsColumnWasWidened() {
    try (Lake lake = Lake.keyedBy("id")) {
      Table table = lake.create("things", columns(Types.IntegerType.get()));
      append(table, FileFormat.PARQUET, row(table, 5, 1L), row(table, 6, 2L));
      table.updateSchema().updateColumn("id", Types.LongType.get()).commit();

      MergePlan plan = plan(table, row(table, 6L, 2L), row(table, 1L << 40, 3L));

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 0, 1, 0));
    }
  }

  @Test
  void aKeyIsTheSameWhenThisCommitWidensItsColumn() {
    try (Lake lake = Lake.keyedBy("id")) {
      Table narrow = lake.create("narrow", columns(Types.IntegerType.get()));
      append(narrow, FileFormat.PARQUET, row(narrow, 5, 1L), row(narrow, 6, 2L));
      Table wide = lake.create("wide", columns(Types.LongType.get()));

      MergePlan plan =
          plan(
              Optional.of(narrow),
              wide,
              row(wide, 6L, 2L),
              row(wide, 5L, 7L),
              row(wide, 1L << 40, 3L));

      assertThat(plan.counts()).isEqualTo(new RootCounts(1, 1, 1, 0));
    }
  }

  @Test
  void floatingPointNumbersAreNoKeys() {
    try (Lake lake = Lake.keyedBy("id")) {
      Table table = lake.create("things", columns(Types.DoubleType.get()));

      assertThatThrownBy(() -> plan(table, row(table, 1.5, 1L)))
          .hasMessageContaining("Table shop.things: key column 'id' is of type double")
          .extracting(error -> ((FirnException) error).code())
          .isEqualTo(ErrorCode.BAD_KEY_VALUE);
    }
  }

  private static Schema columns(Type type) {
    return new Schema(
        Types.NestedField.optional(1, "id", type),
        Types.NestedField.optional(2, SystemColumns.ROW_HASH, Types.LongType.get()));
  }

  private static Record row(Table table, Object... values) {
    return Lake.record(table.schema(), values);
  }

  private static void append(Table table, FileFormat format, Record... rows) {
    DataFile file =
        Lake.write(
            table,
            "other-" + UUID.randomUUID(),
            format,
            GenericRecord.create(table.schema()),
            List.of(rows));
    table.newAppend().appendFile(file).commit();
  }

  /** Plans rows of one set, staged in one file. */
  private static MergePlan plan(Table table, Record... rows) {
    return plan(Optional.of(table), table, rows);
  }

  private static MergePlan plan(Optional<Table> base, Table table, Record... rows) {
    LoadId load = LoadId.next(Clock.systemUTC());
    DataFile file =
        Lake.write(table, load + "-0", GenericRecord.create(table.schema()), List.of(rows));
    StagedData staged =
        new StagedData(file, table.spec(), List.of(StagedGroup.whole(1, 0, rows.length)));
    MergeTable root = new MergeTable(NAME, base, table, table.schema(), List.of(staged));
    StagedSets sets =
        new StagedSets() {
          @Override
          public List<Run> runs(long set) {
            return new ArrayList<>(List.of(new Run(0, 0, rows.length)));
          }

          @Override
          public int[] childRows(long set, TableName child) {
            return new int[0];
          }
        };
    return new MergePlanner(1 << 20)
        .plan(new MergeRequest(load, List.of("id"), root, List.of(), sets));
  }
}
