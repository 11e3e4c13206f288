package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.destination.LiveTable;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What loads do to tables while nothing fails. */
public abstract class DestinationSuite extends StateSuite {
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
    assertThat(live.schema().withSettings(TableSettings.NONE)).isEqualTo(keyed);
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
    assertThat(current()).isEqualTo(wide);
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
  void replacementOfNothingByNothingMakesNoCommit() {
    load(append().rows(order(1, "ada")));
    load(replace());

    CommitResult result = load(replace());

    assertThat(result.tables()).extracting(TableOutcome::operation).containsExactly("none");
    assertThat(snapshots(ORDERS)).isEqualTo(2);
  }

  @Test
  void replacementOfNothingByNothingKeepsTheStateThatItBrings() {
    load(append().rows(order(1, "ada")));
    load(replace());

    load(replace().moving(ResourceState.Slice.NONE, cursor(9)));

    assertThat(state().orElseThrow().slice()).isEqualTo(cursor(9));
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

  private TableSchema current() {
    LiveTable live = destination.metadata().current(ORDERS).orElseThrow();
    return live.schema().withSettings(TableSettings.NONE);
  }

  @Test
  void firstLoadWithoutRowsMakesTheDeclaredTable() {
    CommitResult result = load(append());

    assertThat(current()).isEqualTo(ORDER_COLUMNS);
    assertThat(result.tables().get(0).operation()).isEqualTo("create");
    assertThat(orders("id")).isEmpty();
  }
}
