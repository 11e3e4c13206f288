package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideReaderIT {
  private static final Schema PEOPLE =
      new Schema(
          NestedField.required(1, "id", Types.LongType.get()),
          NestedField.optional(2, "name", Types.StringType.get()));

  @TempDir Path folder;
  private OutsideReader reader;

  @BeforeEach
  void findReader() {
    reader = OutsideReader.orSkip();
  }

  @Test
  void everyTypeItKnowsReadsAsIcebergReadsIt() {
    Schema schema =
        new Schema(
            NestedField.optional(1, "flag", Types.BooleanType.get()),
            NestedField.optional(2, "small", Types.IntegerType.get()),
            NestedField.optional(3, "big", Types.LongType.get()),
            NestedField.optional(4, "half", Types.FloatType.get()),
            NestedField.optional(5, "real", Types.DoubleType.get()),
            NestedField.optional(6, "money", Types.DecimalType.of(15, 2)),
            NestedField.optional(7, "day", Types.DateType.get()),
            NestedField.optional(8, "clock", Types.TimeType.get()),
            NestedField.optional(9, "local", Types.TimestampType.withoutZone()),
            NestedField.optional(10, "instant", Types.TimestampType.withZone()),
            NestedField.optional(11, "text", Types.StringType.get()),
            NestedField.optional(12, "code", Types.UUIDType.get()),
            NestedField.optional(13, "tags", Types.ListType.ofOptional(14, Types.StringType.get())),
            NestedField.optional(
                15,
                "point",
                Types.StructType.of(NestedField.optional(16, "x", Types.DoubleType.get()))));
    Table table = table(schema);
    GenericRecord point = GenericRecord.create(schema.findType("point").asStructType());
    point.setField("x", -0.0);
    append(
        table,
        row(
            schema,
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            Math.nextUp(0.1),
            new BigDecimal("-1234567890123.45"),
            LocalDate.of(1969, 12, 31),
            LocalTime.of(23, 59, 59, 999_999_000),
            LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000),
            OffsetDateTime.parse("1969-07-20T20:17:40.000001Z"),
            "naïve \"snow\" ❄ 🏔\n",
            UUID.fromString("0b9e0a3e-7a5c-4f3c-9a52-0123456789ab"),
            List.of("a", "b"),
            point),
        row(schema, new Object[14]),
        row(
            schema,
            false,
            0,
            0L,
            Float.NaN,
            Double.NEGATIVE_INFINITY,
            new BigDecimal("0.00"),
            LocalDate.of(9999, 12, 31),
            LocalTime.MIDNIGHT,
            LocalDateTime.of(1, 1, 1, 0, 0),
            OffsetDateTime.parse("2026-11-20T23:00:00Z"),
            "",
            UUID.fromString("00000000-0000-0000-0000-000000000000"),
            List.of(),
            point));

    TableDigest seen = reader.digest(table);

    assertThat(seen).isEqualTo(TableDigest.of(table));
    assertThat(seen.rows()).isEqualTo(3);
    assertThat(seen.columns()).hasSize(14).allSatisfy((name, c) -> assertThat(c.nulls()).isOne());
  }

  @Test
  void positionDeletesAndLaterColumnsCount() {
    Table table = table(PEOPLE);
    DataFile file =
        append(
            table,
            IntStream.range(0, 1000)
                .mapToObj(i -> row(PEOPLE, (long) i, "n" + i))
                .toArray(Record[]::new));
    table.updateSchema().addColumn("age", Types.IntegerType.get()).commit();
    append(table, row(table.schema(), 1000L, "n1000", 41));
    delete(table, file, IntStream.range(0, 1000).filter(i -> i % 10 == 0).toArray());

    TableDigest seen = reader.digest(table);

    assertThat(seen).isEqualTo(TableDigest.of(table));
    assertThat(seen.rows()).isEqualTo(901);
    assertThat(seen.columns().get("age").nulls()).isEqualTo(900);
  }

  @Test
  void rowsSwappedBetweenColumnsChangeTheChecksumOfTheWhole() {
    List<NestedField> columns = PEOPLE.columns();

    TableDigest straight =
        TableDigest.of(columns, List.of(row(PEOPLE, 1L, "a"), row(PEOPLE, 2L, "b")));
    TableDigest turned =
        TableDigest.of(columns, List.of(row(PEOPLE, 2L, "b"), row(PEOPLE, 1L, "a")));
    TableDigest crossed =
        TableDigest.of(columns, List.of(row(PEOPLE, 1L, "b"), row(PEOPLE, 2L, "a")));

    assertThat(turned).isEqualTo(straight);
    assertThat(crossed.columns()).isEqualTo(straight.columns());
    assertThat(crossed.checksum()).isNotEqualTo(straight.checksum());
  }

  @Test
  void rowsCarryExactNumbers() {
    Table table = table(PEOPLE);
    append(table, row(PEOPLE, Long.MAX_VALUE, "\u2744"), row(PEOPLE, -1L, null));

    List<JsonNode> rows = reader.rows(table);

    assertThat(rows)
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"id\":9223372036854775807,\"name\":\"\u2744\"}", "{\"id\":-1,\"name\":null}");
  }

  @Test
  void aTableWithoutRowsHasTheEmptyDigest() {
    Table table = table(PEOPLE);
    TableDigest nothing = TableDigest.of(PEOPLE.columns(), List.of());

    assertThat(reader.digest(table)).isEqualTo(nothing);

    append(table, row(PEOPLE, 1L, "a"));
    table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
    assertThat(reader.digest(table)).isEqualTo(nothing);
  }

  @Test
  void whatItCannotTellExactlyIsAnError() {
    Schema schema = new Schema(NestedField.required(1, "n", Types.DecimalType.of(38, 2)));
    Table table = table(schema);
    append(table, row(schema, new BigDecimal("90071992547409930.01")));

    assertThatThrownBy(() -> reader.digest(table))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is not exact as decimal(38, 2)");
  }

  private Table table(Schema schema) {
    return new HadoopTables()
        .create(schema, PartitionSpec.unpartitioned(), folder.resolve("table").toString());
  }

  private static Record row(Schema schema, Object... values) {
    GenericRecord row = GenericRecord.create(schema);
    for (int i = 0; i < values.length; i++) {
      row.set(i, values[i]);
    }
    return row;
  }

  private static DataFile append(Table table, Record... rows) {
    DataWriter<Record> writer =
        new GenericAppenderFactory(table.schema())
            .newDataWriter(nextFile(table), FileFormat.PARQUET, null);
    try (writer) {
      List.of(rows).forEach(writer::write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DataFile file = writer.toDataFile();
    table.newAppend().appendFile(file).commit();
    return file;
  }

  private static void delete(Table table, DataFile file, int... positions) {
    PositionDeleteWriter<Record> writer =
        new GenericAppenderFactory(table.schema())
            .newPosDeleteWriter(nextFile(table), FileFormat.PARQUET, null);
    try (writer) {
      for (int position : positions) {
        writer.write(PositionDelete.<Record>create().set(file.location(), position, null));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DeleteFile deletes = writer.toDeleteFile();
    table.newRowDelta().addDeletes(deletes).commit();
  }

  private static EncryptedOutputFile nextFile(Table table) {
    return OutputFileFactory.builderFor(table, 1, System.nanoTime())
        .format(FileFormat.PARQUET)
        .build()
        .newOutputFile();
  }
}
