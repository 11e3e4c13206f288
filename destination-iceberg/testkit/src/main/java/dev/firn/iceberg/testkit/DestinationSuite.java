package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.batch.Batch;
import dev.firn.batch.BatchSet;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.error.FirnException;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedFile;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.ResourceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.SnapshotChanges;
import org.junit.jupiter.api.Test;

/** What loads do to tables while nothing fails. */
public abstract class DestinationSuite extends DestinationFixture {
  @Test
  void firstLoadMakesTheTable() {
    CommitResult result = load(append().rows(order(1, "ada"), order(2, null)));

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), Arrays.asList(2L, null));
    assertThat(result.tables())
        .extracting(TableOutcome::operation, TableOutcome::inserted, TableOutcome::total)
        .containsExactly(tuple("create", 2L, 2L));
    assertThat(result.alreadyDone()).isFalse();
    assertThat(result.promise()).isEqualTo("one-commit");
  }

  @Test
  void appendedRowsJoinThoseThatAreThere() {
    load(append().rows(order(1, "ada")));

    CommitResult result = load(append().rows(order(2, "bob")).rows(order(3, "cyn")));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L), List.of(3L));
    assertThat(result.tables().get(0).inserted()).isEqualTo(2);
    assertThat(result.tables().get(0).total()).isEqualTo(3);
    assertThat(snapshots(ORDERS)).isEqualTo(2);
  }

  @Test
  void schemaKeepsKeySourcePathsAndJsonColumns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("id", DataType.Simple.LONG, true, List.of("Id", "id")));
    columns.add(new Column("tags", DataType.Simple.JSON, false, List.of("tags")));
    columns.add(Column.of("plain", DataType.Simple.STRING));
    TableSchema keyed =
        new TableSchema(
            ORDERS, columns, List.of("id"), List.of(PartitionField.parse("bucket(4, id)")));

    load(TestLoad.into(keyed, WriteDisposition.APPEND).rows(List.of(1L, "[1,2]", "x")));

    LiveTable live = destination.metadata().current(ORDERS).orElseThrow();
    assertThat(live.schema()).isEqualTo(keyed);
    assertThat(live.rows()).hasValue(1);
    assertThat(destination.metadata().sample(ORDERS, 5))
        .containsExactly("{\"id\":1,\"tags\":[1,2],\"plain\":\"x\"}");
  }

  @Test
  void tableGrowsColumnsWidensAndRelaxes() {
    TableSchema narrow =
        TableSchema.of(
            ORDERS,
            List.of(
                Column.required("id", DataType.Simple.INT32),
                Column.of("price", DataType.Simple.FLOAT)));
    TableSchema wide =
        TableSchema.of(
            ORDERS,
            List.of(
                Column.of("id", DataType.Simple.LONG),
                Column.of("price", DataType.Simple.DOUBLE),
                new Column("note", DataType.Simple.STRING, false, List.of("Note"))));
    load(TestLoad.into(narrow, WriteDisposition.APPEND).rows(List.of(1, 1.5f)));

    CommitResult result =
        load(TestLoad.into(wide, WriteDisposition.APPEND).rows(Arrays.asList(null, 2.5d, "new")));

    assertThat(orders("id", "price", "note"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, 1.5d, null), Arrays.asList(null, 2.5d, "new"));
    assertThat(result.tables().get(0).schemaChanges())
        .containsExactly(
            "~ column id int32 -> long",
            "~ column id required -> optional",
            "~ column price float -> double",
            "+ column note string");
    assertThat(destination.metadata().current(ORDERS).orElseThrow().schema()).isEqualTo(wide);
  }

  @Test
  void columnThatAppearsLaterReadsAsNullBefore() {
    TableSchema wide =
        ORDER_COLUMNS.withColumns(
            List.of(ORDER_COLUMNS.columns().get(0), Column.of("late", DataType.Simple.STRING)));
    load(append().rows(order(1, "ada")));

    load(TestLoad.into(wide, WriteDisposition.APPEND).rows(List.of(2L, "here")));

    assertThat(orders("id", "late"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, "here"));
  }

  @Test
  void childrenAreCommittedBeforeTheirRoot() {
    List<TableName> order = new ArrayList<>();
    TestLoad load = append().rows(order(1, "ada"), order(2, "bob"));
    load.children(
        LINE_COLUMNS,
        new int[] {0, 0, 1},
        List.of(line("pen", 1, 0), line("ink", 1, 1), line("pad", 2, 0)));
    LoadPackage sealed = stage(load);

    CommitResult result =
        destination.commit(
            sealed,
            load.folder(project),
            new LoadObserver() {
              @Override
              public void committed(LoadId id, TableName table) {
                order.add(table);
              }
            });

    assertThat(order).containsExactly(LINE_COLUMNS.name(), ORDERS);
    assertThat(lines("product")).hasSize(3);
    assertThat(result.tables())
        .extracting(TableOutcome::table)
        .containsExactly(ORDERS, LINE_COLUMNS.name());
    assertThat(destination.metadata().current(ORDERS).orElseThrow().children())
        .containsExactly(LINE_COLUMNS.name());
    assertThat(result.promise()).isEqualTo("children-first");
  }

  @Test
  void replaceSwapsAllRowsInOneCommit() {
    load(append().rows(order(1, "ada"), order(2, "bob")));
    String uuid = destination.metadata().current(ORDERS).orElseThrow().uuid();

    CommitResult result = load(replace().rows(order(3, "cyn")));

    assertThat(orders("id")).containsExactly(List.of(3L));
    assertThat(result.tables().get(0).inserted()).isEqualTo(1);
    assertThat(result.tables().get(0).deleted()).isEqualTo(2);
    assertThat(result.tables().get(0).total()).isEqualTo(1);
    assertThat(snapshots(ORDERS)).isEqualTo(2);
    assertThat(destination.metadata().current(ORDERS).orElseThrow().uuid()).isEqualTo(uuid);
  }

  @Test
  void replaceEmptiesChildTablesThatTheLoadDoesNotBring() {
    TestLoad first = append().rows(order(1, "ada"));
    load(first.children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 1, 0))));

    CommitResult result = load(replace().rows(order(2, "bob")));

    assertThat(lines("product")).isEmpty();
    assertThat(result.tables()).extracting(TableOutcome::deleted).containsExactly(1L, 1L);
  }

  @Test
  void replaceWithoutRowsEmptiesTheTable() {
    load(append().rows(order(1, "ada")));

    CommitResult result = load(replace());

    assertThat(orders("id")).isEmpty();
    assertThat(result.tables().get(0).deleted()).isEqualTo(1);
    assertThat(result.tables().get(0).total()).isZero();
  }

  @Test
  void cursorIsCommittedWithTheRows() {
    load(append().rows(order(7, "ada")).moving(ResourceState.Slice.NONE, cursor(7)));

    ResourceState state = state().orElseThrow();
    assertThat(state.slice()).isEqualTo(cursor(7));
    assertThat(state.version()).isEqualTo(1);
    assertThat(destination.metadata().history(ORDERS).get(0).summary())
        .containsEntry("firn.cursor", "7")
        .containsEntry("firn.pipeline", "shop")
        .containsEntry("firn.state-version", "1")
        .containsEntry("firn.load-id", state.loadId());
  }

  @Test
  void cursorThatMovesWithoutRowsMakesOneEmptySnapshot() {
    load(append().rows(order(7, "ada")).moving(ResourceState.Slice.NONE, cursor(7)));

    CommitResult result = load(append().moving(cursor(7), cursor(9)));

    assertThat(state().orElseThrow().slice()).isEqualTo(cursor(9));
    assertThat(orders("id")).containsExactly(List.of(7L));
    assertThat(snapshots(ORDERS)).isEqualTo(2);
    assertThat(result.tables().get(0).snapshotId()).isPresent();
  }

  @Test
  void nothingToDoMakesNoCommit() {
    load(append().rows(order(1, "ada")).moving(ResourceState.Slice.NONE, cursor(1)));
    int commits = catalog.commits();

    CommitResult result = load(append().moving(cursor(1), cursor(1)));

    assertThat(catalog.commits()).isEqualTo(commits);
    assertThat(result.tables().get(0).operation()).isEqualTo("none");
    assertThat(result.tables().get(0).total()).isEqualTo(1);
    assertThat(snapshots(ORDERS)).isEqualTo(1);
  }

  @Test
  void firstLoadWithoutRowsAndColumnsMakesNothing() {
    CommitResult result =
        load(TestLoad.into(TableSchema.of(ORDERS, List.of()), WriteDisposition.APPEND));

    assertThat(destination.metadata().current(ORDERS)).isEmpty();
    assertThat(result.tables().get(0).operation()).isEqualTo("none");
  }

  @Test
  void firstLoadWithoutRowsMakesTheDeclaredTable() {
    CommitResult result = load(append());

    assertThat(destination.metadata().current(ORDERS).orElseThrow().schema())
        .isEqualTo(ORDER_COLUMNS);
    assertThat(result.tables().get(0).operation()).isEqualTo("create");
    assertThat(orders("id")).isEmpty();
  }

  @Test
  void rowsAreDistributedToTheirPartitions() {
    TableSchema daily =
        new TableSchema(
            ORDERS,
            List.of(
                Column.of("id", DataType.Simple.LONG),
                Column.of("region", DataType.Simple.STRING),
                Column.of("at", DataType.Simple.TIMESTAMP)),
            List.of(),
            List.of(PartitionField.parse("region"), PartitionField.parse("day(at)")));
    long day = 86_400_000_000L;

    load(
        TestLoad.into(daily, WriteDisposition.APPEND)
            .rows(
                List.of(1L, "north", 0L),
                List.of(2L, "south", 5L),
                List.of(3L, "north", day - 1),
                List.of(4L, "north", day),
                Arrays.asList(5L, null, null)));

    assertThat(orders("id")).hasSize(5);
    List<String> partitions = new ArrayList<>();
    SnapshotChanges.builderFor(table(ORDERS))
        .build()
        .addedDataFiles()
        .forEach(
            file ->
                partitions.add(
                    table(ORDERS).spec().partitionToPath(file.partition())
                        + " "
                        + file.recordCount()));
    assertThat(partitions)
        .containsExactlyInAnyOrder(
            "region=north/at_day=1970-01-01 2",
            "region=south/at_day=1970-01-01 1",
            "region=north/at_day=1970-01-02 1",
            "region=null/at_day=null 1");
  }

  @Test
  void sealLeavesOutTheSetsThatDoNotCount() {
    TestLoad load = append().rows(order(1, "ada")).rows(order(2, "bob"));
    StagingPlan plan =
        new StagingPlan(
            load.id(), ORDERS, WriteDisposition.APPEND, List.of(), List.of(), load.folder(project));

    try (BufferAllocator memory = new RootAllocator();
        Staging staging = destination.stage(plan)) {
      load.write(staging, memory);

      assertThat(staging.seal(List.of(ORDER_COLUMNS), set -> set == 1).get(0).rows()).isEqualTo(1);
    }
  }

  @Test
  void stagingThatIsClosedBeforeItsSealLeavesNoFile() throws Exception {
    TestLoad load = append().rows(order(1, "ada"));
    StagingPlan plan =
        new StagingPlan(
            load.id(), ORDERS, WriteDisposition.APPEND, List.of(), List.of(), load.folder(project));

    try (BufferAllocator memory = new RootAllocator();
        Staging staging = destination.stage(plan)) {
      load.write(staging, memory);
    }

    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void filesOfACrashedStagingAreFoundByTheirFolder() throws Exception {
    TestLoad load = append().rows(order(1, "ada"));
    stage(load); // its manifest was never written

    destination.discardUnsealed(load.folder(project));

    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void threadsShareTheFilesOfATableAndFilesRollAtTheirTargetSize() throws Exception {
    load(append().rows(order(0, "first")));
    table(ORDERS).updateProperties().set("write.target-file-size-bytes", "3000").commit();
    TestLoad load = append();
    StagingPlan plan =
        new StagingPlan(
            load.id(), ORDERS, WriteDisposition.APPEND, List.of(), List.of(), load.folder(project));
    int sets = 24;
    List<Future<?>> done = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    LoadPackage sealed;
    try (BufferAllocator memory = new RootAllocator();
        Staging staging = destination.stage(plan)) {
      for (int i = 0; i < sets; i++) {
        long id = i + 1;
        done.add(threads.submit(() -> writeOne(staging, memory, id)));
      }
      for (Future<?> each : done) {
        each.get();
      }
      sealed = load.sealed(destination, staging.seal(List.of(ORDER_COLUMNS), set -> set % 2 == 0));
    } finally {
      threads.shutdown();
    }

    commit(load, sealed);

    assertThat(sealed.root().files().size()).isBetween(2, sets / 2);
    assertThat(orders("id")).hasSize(1 + sets / 2);
  }

  private static void writeOne(Staging staging, BufferAllocator memory, long id) {
    Batch batch = TestRows.batch(memory, ORDER_COLUMNS, List.of(order(id, "name " + id)));
    try (BatchSet set = new BatchSet(id, List.of(new BatchSet.Run(id, 0, 1)), batch, List.of())) {
      staging.write(set);
    }
  }

  @Test
  void columnThatAppearsWithinALoadStartsTheNextFile() {
    TableSchema wide =
        ORDER_COLUMNS.withColumns(
            List.of(
                ORDER_COLUMNS.columns().get(0),
                ORDER_COLUMNS.columns().get(1),
                Column.of("late", DataType.Simple.DOUBLE)));
    TestLoad load = append().rows(order(1, "ada"));
    StagingPlan plan =
        new StagingPlan(
            load.id(), ORDERS, WriteDisposition.APPEND, List.of(), List.of(), load.folder(project));
    LoadPackage sealed;
    try (BufferAllocator memory = new RootAllocator();
        Staging staging = destination.stage(plan)) {
      load.write(staging, memory);
      Batch later = TestRows.batch(memory, wide, List.of(List.of(2L, "bob", 0.5d)));
      try (BatchSet set = new BatchSet(9, List.of(new BatchSet.Run(0, 1, 1)), later, List.of())) {
        staging.write(set);
      }
      List<Column> all = new ArrayList<>(ORDER_COLUMNS.columns());
      all.add(Column.of("late", DataType.Simple.DOUBLE));
      sealed =
          load.sealed(
              destination, staging.seal(List.of(ORDER_COLUMNS.withColumns(all)), set -> true));
    }

    commit(load, sealed);

    assertThat(sealed.root().files()).hasSize(2);
    assertThat(orders("id", "name", "late"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, "ada", null), List.of(2L, "bob", 0.5d));
  }

  @Test
  void packageIsCommittedOnlyWhereItWasStaged() {
    TestLoad load = append().rows(order(1, "ada"));
    LoadPackage sealed = stage(load);
    Destination elsewhere = IcebergDestinationProvider.of(catalog, "elsewhere");

    assertThatThrownBy(() -> elsewhere.commit(sealed, load.folder(project), LoadObserver.NONE))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("elsewhere")
        .hasMessageContaining(destination.identity());
  }

  @Test
  void discardDeletesTheFilesOfAPackage() throws Exception {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    assertThat(dataFiles()).hasSize(2);

    destination.discard(sealed, load.folder(project));

    assertThat(dataFiles()).hasSize(1);
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void discardOfACommittedPackageChangesNothing() throws Exception {
    TestLoad load = append().rows(order(1, "ada"));
    LoadPackage sealed = stage(load);
    commit(load, sealed);

    destination.discard(sealed, load.folder(project));

    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void dataFileNamesBeginWithTheLoadId() {
    TestLoad load = append().rows(order(1, "ada"));

    for (StagedFile file : stage(load).root().files()) {
      assertThat(Path.of(file.path()).getFileName().toString()).startsWith(load.id().value());
    }
  }

  /** All Parquet files under the project folder. */
  protected List<Path> dataFiles() throws Exception {
    try (var files = Files.walk(project)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
