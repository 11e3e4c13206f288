package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.batch.Batch;
import dev.firn.batch.BatchSet;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** Loads whose sets do not have all columns, or not with one type. */
public abstract class ColumnSuite extends EvolutionSuite {
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
  void batchesThatLackColumnsShareTheFileThatHasThem() {
    Column name = Column.of("name", DataType.Simple.STRING);
    Column rare = Column.of("rare", DataType.Simple.DOUBLE);
    Column id = Column.of("id", DataType.Simple.LONG);
    TestLoad load = append();

    LoadPackage sealed =
        stage(
            load,
            List.of(id, name, rare),
            set -> true,
            new Sparse(List.of(id, name), List.of(1L, "ada")),
            new Sparse(List.of(rare, id), List.of(0.5d, 2L)),
            new Sparse(List.of(id), List.of(3L)),
            new Sparse(List.of(name, id), List.of("dan", 4L)),
            new Sparse(List.of(id, rare, name), List.of(5L, 1.5d, "eve")));
    commit(load, sealed);

    assertThat(sealed.root().files()).hasSize(2);
    assertThat(orders("id", "name", "rare"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1L, "ada", null),
            Arrays.asList(2L, null, 0.5d),
            Arrays.asList(3L, null, null),
            Arrays.asList(4L, "dan", null),
            List.of(5L, "eve", 1.5d));
  }

  @Test
  void rowsThatLackAColumnDoNotMindThatItsTypeDidNotLast() {
    Column id = Column.of("id", DataType.Simple.LONG);
    Column number = Column.of("value", DataType.Simple.LONG);
    Column text = Column.of("value", DataType.Simple.STRING);
    TestLoad load = append();

    LoadPackage sealed =
        stage(
            load,
            List.of(id, text),
            set -> set != 0,
            new Sparse(List.of(id, number), List.of(1L, 7L)),
            new Sparse(List.of(id), List.of(2L)),
            new Sparse(List.of(id, text), List.of(1L, "seven")));
    commit(load, sealed);

    assertThat(sealed.root().files()).hasSize(2);
    assertThat(orders("id", "value"))
        .containsExactlyInAnyOrder(Arrays.asList(2L, null), List.of(1L, "seven"));
  }

  @Test
  void partitionColumnMayComeLateAndChangeItsTypeWithinALoad() {
    Column id = Column.of("id", DataType.Simple.LONG);
    Column number = Column.of("region", DataType.Simple.LONG);
    Column text = Column.of("region", DataType.Simple.STRING);
    TestLoad load = append();

    LoadPackage sealed =
        stage(
            load,
            new TableSchema(
                ORDERS,
                List.of(id, number),
                List.of(),
                List.of(PartitionField.parse("region"), PartitionField.parse("bucket(4, id)"))),
            set -> set != 1,
            new Sparse(List.of(id), List.of(1L)),
            new Sparse(List.of(id, text), List.of(2L, "north")),
            new Sparse(List.of(id, number), List.of(2L, 7L)),
            new Sparse(List.of(id, number), List.of(3L, 8L)));
    commit(load, sealed);

    assertThat(orders("id", "region"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, 7L), List.of(3L, 8L));
  }

  @Test
  void fileOfAPartitionHoldsNoColumnThatIsNullInAllOfIt() {
    TableSchema schema =
        new TableSchema(
            ORDERS,
            List.of(
                Column.of("id", DataType.Simple.LONG),
                Column.of("region", DataType.Simple.STRING),
                Column.of("rare", DataType.Simple.DOUBLE)),
            List.of(),
            List.of(PartitionField.parse("region")));
    TestLoad load =
        TestLoad.into(schema, WriteDisposition.APPEND)
            .rows(
                Arrays.asList(1L, "north", null),
                List.of(2L, "south", 0.5d),
                Arrays.asList(3L, "north", null));

    LoadPackage sealed = stage(load);
    commit(load, sealed);

    assertThat(sealed.root().files())
        .extracting(file -> file.details().contains("\"rare\""))
        .containsExactlyInAnyOrder(true, false);
    assertThat(orders("id", "rare"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1L, null), List.of(2L, 0.5d), Arrays.asList(3L, null));
  }

  @Test
  void partitionColumnOfALiveTableMayWiden() {
    TableSchema narrow =
        new TableSchema(
            ORDERS,
            List.of(
                Column.of("id", DataType.Simple.LONG), Column.of("region", DataType.Simple.INT32)),
            List.of(),
            List.of(PartitionField.parse("region")));
    TableSchema wide =
        narrow.withColumns(
            List.of(
                Column.of("id", DataType.Simple.LONG), Column.of("region", DataType.Simple.LONG)));
    load(TestLoad.into(narrow, WriteDisposition.APPEND).rows(List.of(1L, 7)));

    load(TestLoad.into(wide, WriteDisposition.APPEND).rows(List.of(2L, 5_000_000_000L)));

    assertThat(orders("id", "region"))
        .containsExactlyInAnyOrder(List.of(1L, 7L), List.of(2L, 5_000_000_000L));
  }

  /** A set of one row that brings some columns only. */
  private record Sparse(List<Column> columns, List<Object> row) {}

  private LoadPackage stage(TestLoad load, List<Column> all, LongPredicate keep, Sparse... sets) {
    return stage(load, ORDER_COLUMNS.withColumns(all), keep, sets);
  }

  private LoadPackage stage(TestLoad load, TableSchema sealed, LongPredicate keep, Sparse... sets) {
    StagingPlan plan =
        new StagingPlan(
            load.id(),
            ORDERS,
            WriteDisposition.APPEND,
            List.of(),
            sealed.partitionBy(),
            load.folder(project));
    try (BufferAllocator memory = new RootAllocator();
        Staging staging = destination.stage(plan)) {
      for (int i = 0; i < sets.length; i++) {
        TableSchema schema = ORDER_COLUMNS.withColumns(sets[i].columns());
        Batch batch = TestRows.batch(memory, schema, List.of(sets[i].row()));
        try (BatchSet set = new BatchSet(i, List.of(new BatchSet.Run(0, i, 1)), batch, List.of())) {
          staging.write(set);
        }
      }
      return load.sealed(destination, staging.seal(List.of(sealed), keep));
    }
  }
}
