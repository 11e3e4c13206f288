package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.PartitionField;
import dev.firn.schema.SortField;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is wanted of a table beyond its columns, and of columns that are there. */
public abstract class EvolutionSuite extends DestinationSuite {
  private static final TableSchema PLAIN =
      TableSchema.of(
          ORDERS,
          List.of(
              new Column("id", Simple.LONG, false, List.of("id")),
              new Column("name", Simple.STRING, false, List.of("name")),
              new Column("at", Simple.DATE, false, List.of("at"))));

  private static List<@Nullable Object> row(long id, @Nullable String name, int day) {
    return Arrays.asList(id, name, day);
  }

  private static List<PartitionField> by(String... fields) {
    return Stream.of(fields).map(PartitionField::parse).toList();
  }

  private static TestLoad append(TableSchema schema) {
    return TestLoad.into(schema, WriteDisposition.APPEND);
  }

  private static List<String> changes(CommitResult result) {
    return result.tables().get(0).schemaChanges();
  }

  private static List<DataFile> files(Table table) {
    try (CloseableIterable<FileScanTask> tasks = table.newScan().includeColumnStats().planFiles()) {
      return Stream.of(tasks).flatMap(each -> stream(each)).map(FileScanTask::file).toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<FileScanTask> stream(Iterable<FileScanTask> tasks) {
    return java.util.stream.StreamSupport.stream(tasks.spliterator(), false);
  }

  @Test
  void newTableIsKeptAsItIsSaid() {
    TableSettings settings =
        new TableSettings(
            2,
            List.of(SortField.parse("at desc"), SortField.parse("bucket(8, id)")),
            64 << 20,
            List.of("id"),
            Map.of("name", "none"),
            Map.of("commit.retry.num-retries", "7"));

    load(append(PLAIN.withSettings(settings)).rows(row(1, "ada", 3)));

    Table table = table(ORDERS);
    assertThat(table.properties())
        .containsEntry(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, Integer.toString(64 << 20))
        .containsEntry("commit.retry.num-retries", "7")
        .containsEntry("write.parquet.bloom-filter-enabled.column.id", "true");
    assertThat(table.sortOrder().fields()).hasSize(2);
    int name = table.schema().findField("name").fieldId();
    int id = table.schema().findField("id").fieldId();
    assertThat(files(table).get(0).lowerBounds()).containsKey(id).doesNotContainKey(name);
    TableSettings live = destination.metadata().current(ORDERS).orElseThrow().schema().settings();
    assertThat(live.sortBy()).isEqualTo(settings.sortBy());
    assertThat(live.metrics()).containsEntry("name", "none");
    assertThat(changes(load(append(PLAIN.withSettings(settings)).rows(row(2, "bob", 4)))))
        .isEmpty();
  }

  @Test
  void settingsOfATableThatIsThereChangeWithTheNextRows() {
    load(append(PLAIN).rows(row(1, "ada", 3)));
    TableSettings settings =
        new TableSettings(
            0,
            List.of(SortField.parse("id")),
            1 << 20,
            List.of("name"),
            Map.of("at", "counts"),
            Map.of("x", "y"));

    CommitResult result = load(append(PLAIN.withSettings(settings)).rows(row(2, "bob", 4)));

    assertThat(changes(result))
        .containsExactly(
            "~ sort-by none -> id",
            "~ target-file-size unset -> 1048576",
            "~ bloom-filters name unset -> true",
            "~ metrics at unset -> counts",
            "~ properties x unset -> y");
    Table table = table(ORDERS);
    assertThat(table.properties()).containsEntry("x", "y");
    int at = table.schema().findField("at").fieldId();
    assertThat(files(table)).filteredOn(file -> !file.lowerBounds().containsKey(at)).hasSize(1);
    assertThat(changes(load(append(PLAIN).rows(row(3, "cyn", 5)))))
        .as("what is not said stays")
        .isEmpty();
    assertThat(table(ORDERS).properties()).containsEntry("x", "y");
  }

  @Test
  void rowsToComeArePartitionedAnewAndThoseThereStay() {
    load(append(PLAIN).rows(row(1, "ada", 3)));

    CommitResult result =
        load(append(PLAIN.withPartitionBy(by("at"))).rows(row(2, "bob", 3), row(3, "cyn", 4)));
    load(
        append(PLAIN.withPartitionBy(by("bucket(4, id)", "at")))
            .rows(row(4, "dan", 3), row(5, "eve", 4)));
    load(append(PLAIN).rows(row(6, "fay", 4)));
    load(append(PLAIN.withPartitionBy(by("bucket(4, id)"))).rows(row(7, "gus", 5)));

    assertThat(changes(result)).containsExactly("~ partition-by none -> at");
    Table table = table(ORDERS);
    assertThat(orders("id", "name", "at"))
        .extracting(values -> values.get(0))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(files(table))
        .extracting(file -> file.partition().size())
        .as("by none, one, two and one field")
        .containsExactlyInAnyOrder(0, 1, 1, 2, 2, 2, 1);
    assertThat(TableContent.rows(table, "id")).containsExactlyInAnyOrderElementsOf(orders("id"));
    assertThat(destination.metadata().current(ORDERS).orElseThrow().schema().partitionBy())
        .isEqualTo(by("bucket(4, id)"));
  }

  @Test
  void aTableMayBePartitionedByAColumnThatComesWithTheSameLoad() {
    load(append(PLAIN).rows(row(1, "ada", 3)));
    List<Column> columns = new java.util.ArrayList<>(PLAIN.columns());
    columns.add(Column.of("region", Simple.STRING));
    TableSchema wide = PLAIN.withColumns(columns).withPartitionBy(by("region"));

    load(append(wide).rows(Arrays.asList(2L, "bob", 3, "eu"), Arrays.asList(3L, "cyn", 3, null)));

    assertThat(orders("id", "region"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1L, null), List.of(2L, "eu"), Arrays.asList(3L, null));
    assertThat(files(table(ORDERS))).hasSize(3);
  }

  @Test
  void mergeFindsRowsUnderAnyPartitioning() {
    TableSchema keyed =
        new TableSchema(ORDERS, MergeSuite.KEYED.columns(), List.of("id"), by("bucket(2, id)"));
    TestLoad first = TestLoad.into(keyed, WriteDisposition.MERGE);
    load(
        first.rows(
            MergeSuite.row(first, 1, "ada"),
            MergeSuite.row(first, 2, "bob"),
            MergeSuite.row(first, 3, "cyn")));
    TestLoad second = TestLoad.into(keyed.withPartitionBy(by("name")), WriteDisposition.MERGE);

    CommitResult result =
        load(
            second.rows(
                MergeSuite.row(second, 1, "ann"),
                MergeSuite.row(second, 2, "bob"),
                MergeSuite.row(second, 4, "dan")));
    TestLoad third = TestLoad.into(keyed.withPartitionBy(by("name")), WriteDisposition.MERGE);
    load(third.rows(MergeSuite.row(third, 1, "zoe"), MergeSuite.row(third, 3, "cora")));

    assertThat(result.tables().get(0).updated()).isEqualTo(1);
    assertThat(result.tables().get(0).unchanged()).isEqualTo(1);
    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(
            List.of(1L, "zoe"), List.of(2L, "bob"), List.of(3L, "cora"), List.of(4L, "dan"));
  }

  @Test
  void keyFollowsWhereItsColumnsAreNeverNull() {
    List<Column> columns =
        List.of(
            Column.required("id", Simple.LONG),
            Column.required("region", Simple.STRING),
            Column.of("name", Simple.STRING));
    TableSchema wide = new TableSchema(ORDERS, columns, List.of("id", "region"), List.of());
    TableSchema narrow = new TableSchema(ORDERS, columns, List.of("id"), List.of());
    load(append(wide).rows(List.of(1L, "eu", "ada")));

    CommitResult result = load(append(narrow).rows(List.of(2L, "us", "bob")));

    assertThat(changes(result)).containsExactly("~ key id, region -> id");
    assertThat(table(ORDERS).schema().identifierFieldNames()).containsExactly("id");
    TableSchema optional = new TableSchema(ORDERS, columns, List.of("id", "name"), List.of());
    assertThat(changes(load(append(optional).rows(List.of(3L, "us", "cyn")))))
        .as("a column that may hold nulls is no part of a key")
        .isEmpty();
  }

  @Test
  void renamedColumnKeepsItsValuesAndItsFieldId() {
    load(append(PLAIN).rows(row(1, "ada", 3)));
    int before = table(ORDERS).schema().findField("name").fieldId();
    TableSchema renamed =
        PLAIN
            .withColumns(
                List.of(
                    PLAIN.columns().get(0),
                    new Column("title", Simple.STRING, false, List.of("name")),
                    PLAIN.columns().get(2)))
            .withEdits(new ColumnEdits(Map.of("name", "title"), List.of()));

    CommitResult result = load(append(renamed).rows(row(2, "bob", 4)));
    CommitResult again = load(append(renamed).rows(row(3, "cyn", 5)));

    assertThat(changes(result)).containsExactly("~ column name renamed to title");
    assertThat(changes(again)).isEmpty();
    assertThat(table(ORDERS).schema().findField("title").fieldId()).isEqualTo(before);
    assertThat(orders("id", "title"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(2L, "bob"), List.of(3L, "cyn"));
    assertThat(destination.metadata().current(ORDERS).orElseThrow().schema().column("title"))
        .contains(new Column("title", Simple.STRING, false, List.of("name")));
  }

  @Test
  void droppedColumnIsGoneForAllRows() {
    load(append(PLAIN).rows(row(1, "ada", 3)));
    TableSchema narrow =
        PLAIN
            .withColumns(List.of(PLAIN.columns().get(0), PLAIN.columns().get(2)))
            .withEdits(new ColumnEdits(Map.of(), List.of("name")));

    CommitResult result = load(append(narrow).rows(Arrays.asList(2L, 4)));

    assertThat(changes(result)).containsExactly("- column name, with its values");
    assertThat(table(ORDERS).schema().findField("name")).isNull();
    assertThat(orders("id", "at")).hasSize(2);
  }

  @Test
  void columnThatATableIsPartitionedByIsNotDropped() {
    load(append(PLAIN.withPartitionBy(by("name"))).rows(row(1, "ada", 3)));
    TableSchema narrow =
        PLAIN
            .withColumns(List.of(PLAIN.columns().get(0), PLAIN.columns().get(2)))
            .withEdits(new ColumnEdits(Map.of(), List.of("name")));
    TestLoad load = append(narrow).rows(Arrays.asList(2L, 4));

    assertThatThrownBy(() -> stage(load)).isInstanceOf(FirnException.class);

    assertThat(orders("id", "name")).containsExactly(List.of(1L, "ada"));
  }

  private static TestLoad withNote(Simple type, long id, Object note) {
    List<Column> columns = List.of(PLAIN.columns().get(0), Column.of("note", type));
    return append(PLAIN.withColumns(columns)).of("writer-" + id).rows(List.of(id, note));
  }

  @Test
  void twoWritersThatAddOneColumnShareItsField() {
    load(append(PLAIN).rows(row(1, "ada", 3)));
    TestLoad second = withNote(Simple.STRING, 2, "two");
    TestLoad third = withNote(Simple.STRING, 3, "three");
    LoadPackage sealedSecond = stage(second);
    LoadPackage sealedThird = stage(third);

    commit(second, sealedSecond);
    CommitResult result = commit(third, sealedThird);

    assertThat(changes(result)).isEmpty();
    assertThat(table(ORDERS).schema().columns()).hasSize(4);
    assertThat(orders("id", "note"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1L, null), List.of(2L, "two"), List.of(3L, "three"));
  }

  @Test
  void writersThatAddOneColumnWithTwoTypesDoNotMixThem() {
    load(append(PLAIN).rows(row(1, "ada", 3)));
    TestLoad second = withNote(Simple.STRING, 2, "two");
    TestLoad third = withNote(Simple.BOOLEAN, 3, true);
    LoadPackage sealedSecond = stage(second);
    LoadPackage sealedThird = stage(third);
    commit(second, sealedSecond);

    assertThatThrownBy(() -> commit(third, sealedThird))
        .isInstanceOfSatisfying(
            FirnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_FROZEN))
        .hasMessageContaining("column 'note' is string but boolean arrives");
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }

  @Test
  void renameMeetsOneThatWasDoneMeanwhile() {
    load(append(PLAIN).rows(row(1, "ada", 3)));
    TableSchema renamed =
        PLAIN
            .withColumns(
                List.of(
                    PLAIN.columns().get(0),
                    new Column("title", Simple.STRING, false, List.of("name")),
                    PLAIN.columns().get(2)))
            .withEdits(new ColumnEdits(Map.of("name", "title"), List.of()));
    TestLoad load = append(renamed).rows(row(2, "bob", 4));
    LoadPackage sealed = stage(load);
    table(ORDERS).updateSchema().renameColumn("name", "title").commit();

    commit(load, sealed);

    assertThat(orders("id", "title"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(2L, "bob"));
  }
}
