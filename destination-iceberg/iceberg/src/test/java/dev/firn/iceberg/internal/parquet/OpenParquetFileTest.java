package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenParquetFileTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "id", Types.IntegerType.get()),
          Types.NestedField.optional(2, "name", Types.StringType.get()));
  private static final EncoderSettings SETTINGS = EncoderSettings.DEFAULT;

  private final ScratchFiles io = new ScratchFiles();

  @AfterEach
  void forgetFiles() {
    io.close();
  }

  private static List<List<@Nullable Object>> group(Object... ids) {
    return List.of(Arrays.asList(ids), Arrays.stream(ids).<Object>map(id -> "name " + id).toList());
  }

  private static FooterSchema footer(Schema schema) {
    return FooterSchema.of(schema, MetricsConfig.getDefault());
  }

  private static ThrowingCallable sealing(OpenParquetFile file, Schema schema) {
    return () -> file.seal(footer(schema), TestFiles.all());
  }

  @Test
  void droppedRowGroupsAreNotRead() throws IOException {
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1, 2), group(3), group(4, 5, 6)), SETTINGS);

      SealedFile sealed = file.seal(footer(SCHEMA), index -> index != 1).orElseThrow();

      assertThat(sealed.rowGroups())
          .containsExactly(new SealedRowGroup(0, 0, 0, 2), new SealedRowGroup(2, 20, 2, 3));
      assertThat(sealed.recordCount()).isEqualTo(5);
      assertThat(sealed.metrics().recordCount()).isEqualTo(5);
      assertThat(sealed.splitOffsets()).hasSize(2).isSorted();
      assertThat(TestFiles.read(io, "f", SCHEMA))
          .isEqualTo(TestFiles.records(SCHEMA, List.of(group(1, 2), group(4, 5, 6))));
      assertThat(io.newInputFile("f").getLength()).isEqualTo(sealed.length());
    }
  }

  @Test
  void aFileWithoutRowGroupsLeavesNothing() {
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1)), SETTINGS);

      Optional<SealedFile> sealed = file.seal(footer(SCHEMA), index -> false);

      assertThat(sealed).isEmpty();
      assertThat(io.fileExists("f")).isFalse();
    }
  }

  @Test
  void aFileThatWasNotSealedIsDeleted() {
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1)), SETTINGS);
    }

    assertThat(io.fileExists("f")).isFalse();
  }

  @Test
  void fieldIdsComeFromTheSealedSchemaByName() throws IOException {
    Schema sealedSchema =
        new Schema(
            Types.NestedField.optional(7, "late", Types.StringType.get()),
            Types.NestedField.optional(31, "name", Types.StringType.get()),
            Types.NestedField.optional(12, "id", Types.IntegerType.get()));
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1, 2)), SETTINGS);

      SealedFile sealed = file.seal(footer(sealedSchema), TestFiles.all()).orElseThrow();

      assertThat(sealed.metrics().valueCounts()).containsOnlyKeys(12, 31);
      List<Record> rows = TestFiles.read(io, "f", sealedSchema);
      assertThat(rows).extracting(row -> row.getField("id")).containsExactly(1, 2);
      assertThat(rows).extracting(row -> row.getField("name")).containsExactly("name 1", "name 2");
      assertThat(rows).extracting(row -> row.getField("late")).containsOnlyNulls();
    }
  }

  @Test
  void aColumnThatWasPromotedMeanwhileKeepsItsBytes() throws IOException {
    Schema wider =
        new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1, -2)), SETTINGS);

      SealedFile sealed = file.seal(footer(wider), TestFiles.all()).orElseThrow();

      assertThat(TestFiles.read(io, "f", wider))
          .extracting(row -> row.getField("id"))
          .containsExactly(1L, -2L);
      assertThat(
              (Long)
                  Conversions.fromByteBuffer(
                      Types.LongType.get(), sealed.metrics().lowerBounds().get(1)))
          .isEqualTo(-2);
    }
  }

  @Test
  void aSchemaThatDoesNotFitIsRefusedByName() {
    Schema other =
        new Schema(
            Types.NestedField.optional(1, "id", Types.StringType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));
    Schema lacking = new Schema(Types.NestedField.optional(2, "name", Types.StringType.get()));
    Schema strict =
        new Schema(
            Types.NestedField.required(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1, null)), SETTINGS);

      assertThatThrownBy(sealing(file, other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'id'");
      assertThatThrownBy(sealing(file, lacking))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'id'");
      assertThatThrownBy(sealing(file, strict))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'id' is required");
    }
  }

  @Test
  void rowGroupsOfOneFileHoldTheSameColumns() {
    Schema renamed =
        new Schema(
            Types.NestedField.optional(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "title", Types.StringType.get()));
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1)), SETTINGS);

      assertThatThrownBy(() -> TestFiles.append(file, renamed, List.of(group(2)), SETTINGS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("title");
    }
  }

  @Test
  void aColumnThatARowGroupLacksIsNullInIt() throws IOException {
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1, 2)), SETTINGS);
      appendWithoutNames(file, 3, 4, 5);

      SealedFile sealed = file.seal(footer(SCHEMA), TestFiles.all()).orElseThrow();

      assertThat(sealed.metrics().nullValueCounts()).containsEntry(2, 3L);
      assertThat(TestFiles.read(io, "f", SCHEMA))
          .extracting(row -> row.getField("id"), row -> row.getField("name"))
          .containsExactly(
              tuple(1, "name 1"),
              tuple(2, "name 2"),
              tuple(3, null),
              tuple(4, null),
              tuple(5, null));
    }
  }

  @Test
  void aColumnOfDroppedRowGroupsOnlyIsNotInTheFooter() throws IOException {
    Schema other =
        new Schema(
            Types.NestedField.optional(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "name", Types.BooleanType.get()));
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      TestFiles.append(file, SCHEMA, List.of(group(1, 2)), SETTINGS);
      appendWithoutNames(file, 3, 4, 5);

      SealedFile sealed = file.seal(footer(other), index -> index == 1).orElseThrow();

      assertThat(file.columnNames()).containsExactly("id");
      assertThat(sealed.metrics().valueCounts()).containsOnlyKeys(1);
      assertThat(TestFiles.read(io, "f", other))
          .extracting(row -> row.getField("id"), row -> row.getField("name"))
          .containsExactly(tuple(3, null), tuple(4, null), tuple(5, null));
    }
  }

  private static void appendWithoutNames(OpenParquetFile file, Object... ids) {
    try (BufferAllocator allocator = new RootAllocator();
        RowGroupEncoder encoder = new RowGroupEncoder(SETTINGS);
        FieldVector vector = Vectors.of(SCHEMA.columns().get(0), Arrays.asList(ids), allocator);
        FieldVector lacking = Vectors.of(SCHEMA.columns().get(1), List.of(), allocator)) {
      List<Field> columns = List.of(vector.getField(), lacking.getField());
      file.append(encoder.encode(columns, List.of(vector), ids.length), 7);
    }
  }

  @Test
  void rowGroupsArriveFromManyThreads() throws Exception {
    try (OpenParquetFile file = OpenParquetFile.create(io, "f")) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<?>> appends = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int id = i;
        appends.add(threads.submit(() -> append(file, group(id, id + 100), id)));
      }
      for (Future<?> append : appends) {
        append.get();
      }
      threads.shutdown();

      SealedFile sealed = file.seal(footer(SCHEMA), TestFiles.all()).orElseThrow();

      List<Record> rows = TestFiles.read(io, "f", SCHEMA);
      for (SealedRowGroup group : sealed.rowGroups()) {
        assertThat(rows.get((int) group.firstRow()).getField("id")).isEqualTo((int) group.tag());
      }
      assertThat(sealed.rowGroups())
          .extracting(SealedRowGroup::tag)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 20).mapToObj(Long::valueOf).toList());
    }
  }

  private static void append(OpenParquetFile file, List<List<@Nullable Object>> columns, long tag) {
    try (BufferAllocator allocator = new RootAllocator();
        RowGroupEncoder encoder = new RowGroupEncoder(SETTINGS)) {
      file.append(TestFiles.encode(encoder, SCHEMA, columns, allocator), tag);
    }
  }

  @Test
  void aFullStorageIsSaidAndTheFileIsGone() {
    try (FailingFiles full = new FailingFiles(100, "No space left on device");
        OpenParquetFile file = OpenParquetFile.create(full, "full")) {
      assertThatThrownBy(() -> TestFiles.append(file, SCHEMA, List.of(group(1, 2, 3)), SETTINGS))
          .isInstanceOfSatisfying(
              FirnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_FULL));
      assertThatThrownBy(sealing(file, SCHEMA)).isInstanceOf(IllegalStateException.class);
      file.close();

      assertThat(full.fileExists("full")).isFalse();
    }
  }

  @Test
  void aFooterThatCannotBeWrittenIsSaid() {
    try (FailingFiles broken = new FailingFiles(350, "connection reset");
        OpenParquetFile file = OpenParquetFile.create(broken, "broken")) {
      TestFiles.append(file, SCHEMA, List.of(group(1, 2, 3)), SETTINGS);

      assertThatThrownBy(sealing(file, SCHEMA))
          .isInstanceOfSatisfying(
              FirnException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE))
          .hasMessageContaining("broken")
          .hasMessageContaining("connection reset");
    }
  }
}
