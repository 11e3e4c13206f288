package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.batch.Batch;
import dev.firn.batch.BatchSet;
import dev.firn.destination.Destination;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableSchema;
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

/** What becomes of staged files. */
public abstract class StagingSuite extends ForeignColumnsSuite {
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
  void onlyAMergeRemembersWhereRowsComeFrom() {
    TableSchema keyed =
        new TableSchema(
            ORDERS,
            List.of(Column.required("id", DataType.Simple.LONG)),
            List.of("id"),
            List.of(PartitionField.parse("bucket(2, id)")));
    LoadPackage append = stage(TestLoad.into(keyed, WriteDisposition.APPEND).rows(List.of(1L)));
    LoadPackage merge = stage(TestLoad.into(keyed, WriteDisposition.MERGE).rows(List.of(1L)));

    assertThat(append.root().files().get(0).details()).contains("\"groups\":[[0,0,1,\"\"]]");
    assertThat(merge.root().files().get(0).details()).doesNotContain("[[0,0,1,\"\"]]");
  }

  @Test
  void sealLeavesOutTheSetsThatDoNotCount() {
    TestLoad load = append().rows(order(1, "ada")).rows(order(2, "bob")).rows(order(3, "cyn"));
    StagingPlan plan =
        new StagingPlan(
            load.id(), ORDERS, WriteDisposition.APPEND, List.of(), List.of(), load.folder(project));
    List<StagedTable> staged;
    try (BufferAllocator memory = new RootAllocator();
        Staging staging = destination.stage(plan)) {
      load.write(staging, memory);

      staged = staging.seal(List.of(ORDER_COLUMNS), set -> set != 1);
    }

    commit(load, load.sealed(destination, staged));
    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(3L, "cyn"));
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
        long id = i + 1L;
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

  @Test
  void fullDiskLeavesNothingBehind() throws Exception {
    load(append().rows(order(1, "ada")));
    FaultyFileIO storage = new FaultyFileIO(table(ORDERS).io()).fullAfter(100);
    catalog.storage(io -> storage);
    TestLoad load = append().rows(order(2, "bob"));

    assertThatThrownBy(() -> stage(load))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.DESTINATION_FULL);
    assertThat(dataFiles()).hasSize(1);
  }

  @Test
  void fullDiskAtTheCommitKeepsThePackage() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    FaultyFileIO storage = new FaultyFileIO(table(ORDERS).io()).fullAfter(100);
    catalog.storage(io -> storage);

    assertThatThrownBy(() -> commit(load, sealed))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.DESTINATION_FULL);
    storage.fullAfter(Long.MAX_VALUE);
    commit(load, sealed);

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }
}
