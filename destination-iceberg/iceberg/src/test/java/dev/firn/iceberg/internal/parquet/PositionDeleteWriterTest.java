package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionDeleteWriterTest {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final BufferAllocator allocator = new RootAllocator();

  @BeforeEach
  void openCatalog() {
    // Files in memory outlive their catalog, so each test has a warehouse of its own.
    catalog.initialize("test", Map.of("warehouse", "/" + UUID.randomUUID()));
    catalog.createNamespace(Namespace.of("db"));
  }

  @AfterEach
  void closeAll() throws IOException {
    catalog.close();
    allocator.close();
  }

  private Table table(PartitionSpec spec) {
    return catalog
        .buildTable(TableIdentifier.of("db", "t"), SCHEMA)
        .withPartitionSpec(spec)
        .withProperty("format-version", "2")
        .create();
  }

  private static String location(Table table, String name) {
    return table.location() + "/" + name + ".parquet";
  }

  /** Rows 0 to 9, each the number of its position plus {@code first}. */
  private static DataFile tenRows(Table table, String name, long first) {
    List<Object> ids = LongStream.range(first, first + 10).<Object>mapToObj(Long::valueOf).toList();
    SealedFile file =
        TestFiles.write(
            table.io(),
            location(table, name),
            table.schema(),
            List.of(List.of(ids)),
            EncoderSettings.DEFAULT);
    return DataFiles.builder(table.spec())
        .withPath(file.path())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(file.length())
        .withMetrics(file.metrics())
        .withSplitOffsets(file.splitOffsets())
        .build();
  }

  private static List<Long> ids(Table table) throws IOException {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      return java.util.stream.StreamSupport.stream(rows.spliterator(), false)
          .map(row -> (Long) row.getField("id"))
          .sorted()
          .toList();
    }
  }

  @Test
  void deletedRowsAreGoneForIcebergsReader() throws IOException {
    Table table = table(PartitionSpec.unpartitioned());
    DataFile a = tenRows(table, "a", 0);
    DataFile b = tenRows(table, "b", 10);
    table.newAppend().appendFile(a).appendFile(b).commit();

    DeleteFile deletes;
    try (PositionDeleteWriter writer =
        new PositionDeleteWriter(table.io(), location(table, "deletes"), allocator)) {
      for (long position = 0; position < 9; position++) {
        writer.delete(a.location(), position);
      }
      writer.delete(b.location(), 9);
      deletes = writer.finish(table.spec(), new PartitionData(table.spec().partitionType()));
    }
    table.newRowDelta().addDeletes(deletes).commit();

    assertThat(deletes.content()).isEqualTo(FileContent.POSITION_DELETES);
    assertThat(deletes.recordCount()).isEqualTo(10);
    assertThat(deletes.referencedDataFile()).isNull();
    assertThat(ids(table)).containsExactly(9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L);
  }

  @Test
  void boundsOfThePathAreWholeAndASingleDataFileIsNamed() throws IOException {
    Table table = table(PartitionSpec.unpartitioned());
    DataFile data = tenRows(table, "with-a-name-that-is-longer-than-any-truncation", 0);
    table.newAppend().appendFile(data).commit();

    DeleteFile deletes;
    try (PositionDeleteWriter writer =
        new PositionDeleteWriter(table.io(), location(table, "deletes"), allocator)) {
      writer.delete(data.location(), 3);
      writer.delete(data.location(), 4);
      deletes = writer.finish(table.spec(), new PartitionData(table.spec().partitionType()));
    }
    table.newRowDelta().addDeletes(deletes).commit();

    int path = MetadataColumns.DELETE_FILE_PATH.fieldId();
    assertThat(deletes.referencedDataFile()).isEqualTo(data.location());
    assertThat(
            Conversions.<CharSequence>fromByteBuffer(
                    Types.StringType.get(), deletes.lowerBounds().get(path))
                .toString())
        .isEqualTo(data.location());
    assertThat(
            Conversions.<CharSequence>fromByteBuffer(
                    Types.StringType.get(), deletes.upperBounds().get(path))
                .toString())
        .isEqualTo(data.location());
    assertThat(ids(table)).containsExactly(0L, 1L, 2L, 5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void manyDeletesSpanSeveralRowGroups() throws IOException {
    Table table = table(PartitionSpec.unpartitioned());

    DeleteFile deletes;
    try (PositionDeleteWriter writer =
        new PositionDeleteWriter(table.io(), location(table, "deletes"), allocator)) {
      for (long position = 0; position < 250_000; position++) {
        writer.delete("data", 2 * position);
      }
      deletes = writer.finish(table.spec(), new PartitionData(table.spec().partitionType()));
    }

    Schema schema = new Schema(MetadataColumns.DELETE_FILE_PATH, MetadataColumns.DELETE_FILE_POS);
    List<Record> rows = TestFiles.read(table.io(), deletes.location(), schema);
    assertThat(deletes.splitOffsets()).hasSize(3);
    assertThat(rows).hasSize(250_000);
    assertThat(rows.get(249_999).getField("pos")).isEqualTo(499_998L);
  }

  @Test
  void rowsOutOfOrderAreRefused() {
    Table table = table(PartitionSpec.unpartitioned());
    try (PositionDeleteWriter writer =
        new PositionDeleteWriter(table.io(), location(table, "deletes"), allocator)) {
      writer.delete("b", 5);

      assertThatThrownBy(() -> writer.delete("b", 5)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.delete("a", 6)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void deletesOfAPartitionBelongToIt() throws IOException {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("id").build();
    Table table = table(spec);
    PartitionData partition = new PartitionData(table.spec().partitionType());
    partition.set(0, 7L);
    SealedFile rows =
        TestFiles.write(
            table.io(),
            location(table, "a"),
            table.schema(),
            List.of(List.of(List.of(7L, 7L, 7L))),
            EncoderSettings.DEFAULT);
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(table.spec())
                .withPath(rows.path())
                .withFileSizeInBytes(rows.length())
                .withMetrics(rows.metrics())
                .withPartition(partition)
                .withFormat(FileFormat.PARQUET)
                .build())
        .commit();

    try (PositionDeleteWriter writer =
        new PositionDeleteWriter(table.io(), location(table, "deletes"), allocator)) {
      writer.delete(rows.path(), 1);
      table.newRowDelta().addDeletes(writer.finish(table.spec(), partition)).commit();
    }

    assertThat(ids(table)).containsExactly(7L, 7L);
  }
}
