package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnScanTest {
  private static final Schema SCHEMA = Samples.schema(Samples.TYPES);

  private final ScratchFiles io = new ScratchFiles();

  @AfterEach
  void forgetFiles() {
    io.close();
  }

  private static List<List<@Nullable Object>> columns(int rows, double nullShare, int distinct) {
    Random random = new Random(rows + distinct);
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (Type type : Samples.TYPES) {
      columns.add(Samples.column(type, rows, nullShare, distinct, random));
    }
    return columns;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void filesOfIcebergsWriterAreScannedWhateverTheirPagesAreLike(boolean version2)
      throws IOException {
    for (int distinct : new int[] {5, 100_000}) {
      for (double nullShare : new double[] {0, 0.3, 1}) {
        List<List<@Nullable Object>> columns = columns(3_000, nullShare, distinct);
        String path = "theirs " + version2 + distinct + nullShare;
        TestFiles.writeGeneric(
            io, path, SCHEMA, TestFiles.records(SCHEMA, List.of(columns)), version2);

        assertThat(scan(path, SCHEMA)).isEqualTo(expected(columns));
      }
    }
  }

  @Test
  void ownFilesAreScannedAcrossRowGroupsAndBatches() {
    List<List<@Nullable Object>> first = columns(70_000, 0.1, 1_000);
    List<List<@Nullable Object>> second = columns(10, 0.5, 3);
    TestFiles.write(io, "ours", SCHEMA, List.of(first, second), EncoderSettings.DEFAULT);

    List<List<@Nullable Object>> scanned = scan("ours", SCHEMA);

    List<List<@Nullable Object>> expected = expected(first);
    List<List<@Nullable Object>> rest = expected(second);
    for (int i = 0; i < expected.size(); i++) {
      expected.get(i).addAll(rest.get(i));
    }
    assertThat(scanned).isEqualTo(expected);
  }

  @Test
  void passedOverRowGroupsStillCount() {
    Schema schema = new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));
    TestFiles.write(
        io,
        "f",
        schema,
        List.of(List.of(List.of(1L, 2L)), List.of(List.of(7L, 8L, 9L)), List.of(List.of(10L))),
        EncoderSettings.DEFAULT);

    try (ColumnScan scan =
        ColumnScan.open(io.newInputFile("f"), schema, group -> group.getRowCount() != 2)) {
      assertThat(scan.next()).isTrue();
      assertThat(scan.firstRow()).isEqualTo(2);
      assertThat(scan.rows()).isEqualTo(3);
      assertThat(((ScannedColumn.Longs) scan.column(0)).values()).startsWith(7, 8, 9);
      assertThat(scan.next()).isTrue();
      assertThat(scan.firstRow()).isEqualTo(5);
      assertThat(scan.next()).isFalse();
    }
  }

  @Test
  void columnsAreFoundByIdAndMissingOnesAreNull() {
    Schema schema = new Schema(Types.NestedField.optional(1, "old", Types.LongType.get()));
    Schema later =
        new Schema(
            Types.NestedField.optional(2, "old", Types.StringType.get()),
            Types.NestedField.optional(1, "renamed", Types.LongType.get()));
    TestFiles.write(
        io, "f", schema, List.of(List.of(Arrays.asList(4L, null))), EncoderSettings.DEFAULT);

    assertThat(scan("f", later))
        .containsExactly(Arrays.asList(null, null), Arrays.asList(4L, null));
    assertThat(scan("f", new Schema(later.columns().get(0))))
        .containsExactly(Arrays.asList(null, null));
  }

  @Test
  void promotedColumnsAreReadFromTheirNarrowFiles() {
    Schema narrow =
        new Schema(
            Types.NestedField.optional(1, "i", Types.IntegerType.get()),
            Types.NestedField.optional(2, "f", Types.FloatType.get()),
            Types.NestedField.optional(3, "d", Types.DecimalType.of(5, 2)));
    Schema wide =
        new Schema(
            Types.NestedField.optional(1, "i", Types.LongType.get()),
            Types.NestedField.optional(2, "f", Types.DoubleType.get()),
            Types.NestedField.optional(3, "d", Types.DecimalType.of(30, 2)));
    TestFiles.write(
        io,
        "f",
        narrow,
        List.of(List.of(List.of(-3), List.of(0.5f), List.of(new BigDecimal("-1.25")))),
        EncoderSettings.DEFAULT);

    assertThat(scan("f", wide))
        .containsExactly(List.of(-3L), List.of(0.5), List.of(new BigInteger("-125")));
  }

  @Test
  void aFileThatIsNoParquetIsSaidByName() throws IOException {
    try (PositionOutputStream out = io.newOutputFile("text.parquet").create()) {
      out.write("id,name\n1,one\n2,two\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> ColumnScan.open(io.newInputFile("text.parquet"), SCHEMA))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE))
        .hasMessageContaining("text.parquet");
  }

  /** All values by column, in the form of a scan. */
  private List<List<@Nullable Object>> scan(String path, Schema schema) {
    List<List<@Nullable Object>> columns = new ArrayList<>();
    schema.columns().forEach(column -> columns.add(new ArrayList<>()));
    try (ColumnScan scan = ColumnScan.open(io.newInputFile(path), schema)) {
      while (scan.next()) {
        assertThat(scan.firstRow()).isEqualTo(columns.get(0).size());
        for (int i = 0; i < columns.size(); i++) {
          for (int row = 0; row < scan.rows(); row++) {
            columns.get(i).add(value(scan.column(i), schema.columns().get(i).type(), row));
          }
        }
      }
    }
    return columns;
  }

  private static @Nullable Object value(ScannedColumn column, Type type, int row) {
    if (column.isNull(row)) {
      return null;
    }
    if (column instanceof ScannedColumn.Longs longs) {
      return longs.values()[row];
    }
    if (column instanceof ScannedColumn.Doubles doubles) {
      return doubles.values()[row];
    }
    ScannedColumn.Slices slices = (ScannedColumn.Slices) column;
    byte[] bytes =
        Arrays.copyOfRange(slices.bytes(), slices.offsets()[row], slices.offsets()[row + 1]);
    return type.typeId() == Type.TypeID.DECIMAL ? new BigInteger(bytes) : ByteBuffer.wrap(bytes);
  }

  private static List<List<@Nullable Object>> expected(List<List<@Nullable Object>> columns) {
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      List<@Nullable Object> column = new ArrayList<>();
      for (Object value : columns.get(i)) {
        column.add(value == null ? null : scanned(Samples.TYPES.get(i), value));
      }
      expected.add(column);
    }
    return expected;
  }

  private static Object scanned(Type type, Object value) {
    return switch (type.typeId()) {
      case BOOLEAN -> (Boolean) value ? 1L : 0L;
      case INTEGER -> ((Integer) value).longValue();
      case FLOAT -> ((Float) value).doubleValue();
      case DECIMAL -> decimal((Types.DecimalType) type, ((BigDecimal) value).unscaledValue());
      case DATE -> ((LocalDate) value).toEpochDay();
      case TIME -> ((LocalTime) value).toNanoOfDay() / 1_000;
      case TIMESTAMP -> micros(value);
      case STRING -> ByteBuffer.wrap(((String) value).getBytes(StandardCharsets.UTF_8));
      case UUID -> uuid((UUID) value);
      default -> value;
    };
  }

  private static Object decimal(Types.DecimalType type, BigInteger unscaled) {
    return type.precision() <= 18 ? (Object) unscaled.longValueExact() : unscaled;
  }

  private static long micros(Object value) {
    LocalDateTime time =
        value instanceof OffsetDateTime zoned ? zoned.toLocalDateTime() : (LocalDateTime) value;
    return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
  }

  private static ByteBuffer uuid(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .flip();
  }
}
