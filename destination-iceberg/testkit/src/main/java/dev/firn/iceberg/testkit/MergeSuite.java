package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadPackage;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableSchema;
import dev.firn.state.ResourceState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What merges do to a root and its child table. */
public abstract class MergeSuite extends StagingSuite {
  protected static final TableSchema KEYED =
      new TableSchema(
          ORDERS,
          List.of(
              Column.required("id", DataType.Simple.LONG),
              Column.of("name", DataType.Simple.STRING),
              Column.of(SystemColumns.LOAD_ID, DataType.Simple.STRING),
              Column.of(SystemColumns.ID, DataType.Simple.STRING),
              Column.of(SystemColumns.ROW_HASH, DataType.Simple.LONG)),
          List.of("id"),
          List.of());

  private TestLoad merge() {
    return TestLoad.into(KEYED, WriteDisposition.MERGE);
  }

  static List<@Nullable Object> row(TestLoad load, long id, String name) {
    return row(load, id, name, name.hashCode());
  }

  private static List<@Nullable Object> row(TestLoad load, long id, String name, long hash) {
    return Arrays.asList(id, name, load.id().value(), "o" + id, hash);
  }

  /** A load of orders {@code id, name, products...}, all in one set. */
  private TestLoad orders(List<List<Object>> orders) {
    TestLoad load = merge();
    addSet(load, orders);
    return load;
  }

  /** Adds a set of orders {@code id, name, products...} to a load. */
  protected static void addSet(TestLoad load, List<List<Object>> orders) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<List<@Nullable Object>> products = new ArrayList<>();
    List<Integer> roots = new ArrayList<>();
    for (List<Object> order : orders) {
      long id = ((Integer) order.get(0)).longValue();
      for (int i = 2; i < order.size(); i++) {
        roots.add(rows.size());
        products.add(line((String) order.get(i), id, i - 2));
      }
      rows.add(row(load, id, (String) order.get(1), order.hashCode()));
    }
    load.rowsOf(rows);
    load.children(LINE_COLUMNS, roots.stream().mapToInt(Integer::intValue).toArray(), products);
  }

  @Test
  void newKeysAreInsertedAndKnownOnesReplaced() {
    TestLoad first = merge();
    load(first.rows(row(first, 1, "ada"), row(first, 2, "bob"), row(first, 3, "cyn")));
    TestLoad second = merge();

    CommitResult result = load(second.rows(row(second, 2, "BOB"), row(second, 4, "dan")));

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(
            List.of(1L, "ada"), List.of(2L, "BOB"), List.of(3L, "cyn"), List.of(4L, "dan"));
    assertThat(result.tables())
        .extracting(
            TableOutcome::operation,
            TableOutcome::inserted,
            TableOutcome::updated,
            TableOutcome::unchanged,
            TableOutcome::total)
        .containsExactly(tuple("merge", 1L, 1L, 0L, 4L));
  }

  @Test
  void rowsThatTheCountOfDeletesHidesAreReplacedToo() throws Exception {
    TestLoad first = merge();
    load(first.rows(row(first, 1, "ada"), row(first, 2, "bob")));
    TestLoad second = merge();
    load(second.rows(row(second, 1, "ADA")));
    Table table = table(ORDERS);
    DeleteFile delete =
        SnapshotChanges.builderFor(table).build().addedDeleteFiles().iterator().next();
    addCopy(table, delete, "again-1.parquet");
    addCopy(table, delete, "again-2.parquet");
    assertThat(destination.metadata().current(ORDERS).orElseThrow().rows()).hasValue(0);
    assertThat(orders("id")).hasSize(2);

    load(TestLoad.into(KEYED, WriteDisposition.REPLACE));

    assertThat(orders("id")).isEmpty();
  }

  // Another engine deletes the same rows once more.
  private static void addCopy(Table table, DeleteFile file, String name) throws IOException {
    String path = table.locationProvider().newDataLocation(name);
    try (var in = table.io().newInputFile(file.location()).newStream();
        var out = table.io().newOutputFile(path).create()) {
      in.transferTo(out);
    }
    table
        .newRowDelta()
        .addDeletes(FileMetadata.deleteFileBuilder(table.spec()).copy(file).withPath(path).build())
        .commit();
  }

  @Test
  void unchangedRowsMakeNoCommitAndLeaveNoFile() throws Exception {
    TestLoad first = merge();
    load(first.rows(row(first, 1, "ada"), row(first, 2, "bob")));
    int commits = catalog.commits();
    TestLoad second = merge();

    CommitResult result = load(second.rows(row(second, 1, "ada"), row(second, 2, "bob")));

    assertThat(catalog.commits()).isEqualTo(commits);
    assertThat(result.tables().get(0).unchanged()).isEqualTo(2);
    assertThat(result.tables().get(0).operation()).isEqualTo("none");
    try (var files = java.nio.file.Files.walk(project)) {
      assertThat(
              files.filter(file -> file.getFileName().toString().startsWith(second.id().value())))
          .allMatch(java.nio.file.Files::isDirectory);
    }
  }

  @Test
  void lastRecordOfAKeyWinsWithinALoad() {
    TestLoad load = merge();
    load.rows(row(load, 1, "early"), row(load, 2, "bob")).rows(row(load, 1, "late"));

    CommitResult result = load(load);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "late"), List.of(2L, "bob"));
    assertThat(result.superseded()).isEqualTo(1);
    assertThat(result.tables().get(0).inserted()).isEqualTo(2);
    assertThat(result.tables().get(0).total()).isEqualTo(2);
  }

  @Test
  void childrenBelongToTheLivingVersionOfTheirRoot() {
    load(
        orders(
            List.of(
                List.of(1, "ada", "pen", "ink"),
                List.of(2, "bob", "pad"),
                List.of(3, "cyn", "cap"))));

    CommitResult result =
        load(
            orders(
                List.of(
                    List.of(1, "ada", "pen"),
                    List.of(2, "bob", "pad"),
                    List.of(4, "dan", "mug", "cup"))));

    assertThat(lines("product"))
        .containsExactlyInAnyOrder(
            List.of("pen"), List.of("pad"), List.of("cap"), List.of("mug"), List.of("cup"));
    assertThat(result.tables().get(1))
        .extracting(
            TableOutcome::inserted,
            TableOutcome::deleted,
            TableOutcome::unchanged,
            TableOutcome::total)
        .containsExactly(3L, 2L, 1L, 5L);
  }

  @Test
  void onlyTheWinnersChildrenStay() {
    TestLoad load = merge();
    addSet(load, List.of(List.of(1, "early", "pen", "ink"), List.of(2, "bob", "pad")));
    addSet(load, List.of(List.of(1, "late", "cap")));

    load(load);

    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pad"), List.of("cap"));
    assertThat(orders("name")).containsExactlyInAnyOrder(List.of("late"), List.of("bob"));
  }

  @Test
  void childrenGoWithTheirRootEvenIfTheLoadBringsNone() {
    load(orders(List.of(List.of(1, "ada", "pen"), List.of(2, "bob", "pad"))));
    TestLoad bare = merge();

    load(bare.rows(row(bare, 1, "ADA")));

    assertThat(lines("product")).containsExactly(List.of("pad"));
  }

  @Test
  void mergeOfTheSameRecordsTwiceEqualsOnce() {
    List<List<Object>> records = List.of(List.of(1, "ada", "pen"), List.of(2, "bob", "pad", "ink"));
    load(orders(records));

    CommitResult again = load(orders(records));

    assertThat(again.tables()).extracting(TableOutcome::operation).containsExactly("none", "none");
    assertThat(lines("product")).hasSize(3);
    assertThat(snapshots(ORDERS)).isEqualTo(1);
  }

  @Test
  void conflictPlansTheDeletesAnew() {
    load(orders(List.of(List.of(1, "ada", "pen"), List.of(2, "bob", "pad"))));
    TestLoad other = orders(List.of(List.of(1, "other", "cap")));
    LoadPackage sealedOther = stage(other);
    TestLoad load = orders(List.of(List.of(1, "mine", "mug"), List.of(3, "new", "cup")));
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> commit(other, sealedOther));

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "mine"), List.of(2L, "bob"), List.of(3L, "new"));
    assertThat(lines("product"))
        .containsExactlyInAnyOrder(List.of("mug"), List.of("pad"), List.of("cup"));
  }

  @Test
  void rootThatMovesAfterItsChildrenKeepsThemInStep() {
    load(orders(List.of(List.of(1, "ada", "pen"), List.of(2, "bob", "pad"))));
    // the same record as in the table: unchanged at first, its child rows are left out
    TestLoad load = orders(List.of(List.of(1, "ada", "pen"), List.of(3, "new", "cup")));
    LoadPackage sealed = stage(load);
    TestLoad other = merge().of("other");
    LoadPackage sealedOther = stage(other.rows(row(other, 1, "other")));
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> commit(other, sealedOther));

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(2L, "bob"), List.of(3L, "new"));
    assertThat(lines("product"))
        .containsExactlyInAnyOrder(List.of("pen"), List.of("pad"), List.of("cup"));
  }

  @Test
  void rootThatMovesWhenNoChildHadAnythingToDoTakesItsChildrenAlong() {
    load(orders(List.of(List.of(1, "ada", "pen"), List.of(2, "bob", "pad"))));
    // unchanged as planned first, so no child is committed; order 3 has no lines
    TestLoad load = orders(List.of(List.of(1, "ada", "pen"), List.of(3, "new")));
    LoadPackage sealed = stage(load);
    TestLoad other = merge().of("other");
    LoadPackage sealedOther = stage(other.rows(row(other, 1, "other")));
    catalog.beforeNextCommit(() -> commit(other, sealedOther));

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(2L, "bob"), List.of(3L, "new"));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("pad"));
  }

  @Test
  void lostAnswersChangeNothing() {
    load(orders(List.of(List.of(1, "ada", "pen"))));
    catalog.next(CommitFault.LOST_AFTER, CommitFault.FALSE_CONFLICT);

    load(orders(List.of(List.of(1, "ADA", "ink"), List.of(2, "bob", "pad"))));

    assertThat(orders("name")).containsExactlyInAnyOrder(List.of("ADA"), List.of("bob"));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("ink"), List.of("pad"));
    assertThat(snapshots(ORDERS)).isEqualTo(2);
  }

  @Test
  void unfinishedMergeIsFinishedByItsPackage() {
    load(orders(List.of(List.of(1, "ada", "pen"))));
    TestLoad load = orders(List.of(List.of(1, "ADA", "ink"), List.of(2, "bob", "pad")));
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> catalog.next(CommitFault.FORBIDDEN));
    assertThatThrownBy(() -> commit(load, sealed)).isInstanceOf(FirnException.class);

    commit(load, sealed);

    assertThat(orders("name")).containsExactlyInAnyOrder(List.of("ADA"), List.of("bob"));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("ink"), List.of("pad"));
  }

  @Test
  void unfinishedMergeIsFinishedOverARootThatMoved() {
    load(orders(List.of(List.of(1, "ada", "pen"), List.of(4, "eve", "cap"))));
    TestLoad load = orders(List.of(List.of(1, "ada", "pen"), List.of(2, "bob", "pad")));
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> catalog.next(CommitFault.FORBIDDEN));
    assertThatThrownBy(() -> commit(load, sealed)).isInstanceOf(FirnException.class);
    leaveOneRow(4, "eve");

    commit(load, sealed);

    assertThat(orders("name"))
        .containsExactlyInAnyOrder(List.of("ada"), List.of("eve"), List.of("bob"));
    assertThat(lines("product")).contains(List.of("pen"), List.of("cap"), List.of("pad"));
  }

  // Another engine, which knows nothing of child tables, leaves one row.
  protected void leaveOneRow(long id, String name) {
    org.apache.iceberg.Table table = table(ORDERS);
    org.apache.iceberg.DeleteFiles delete = table.newDelete();
    delete.deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.alwaysTrue()).commit();
    TestLoad rest = TestLoad.into(KEYED, WriteDisposition.APPEND);
    LoadPackage files = stage(rest.rows(row(rest, id, name)));
    org.apache.iceberg.AppendFiles append = table.newAppend();
    for (dev.firn.load.StagedFile file : files.root().files()) {
      append.appendFile(
          org.apache.iceberg.DataFiles.builder(table.spec())
              .withPath(file.path())
              .withFileSizeInBytes(file.bytes())
              .withRecordCount(file.rows())
              .build());
    }
    append.commit();
  }

  @Test
  void discardUndoesTheChildrenOfAMerge() {
    load(orders(List.of(List.of(1, "ada", "pen"))));
    TestLoad load = orders(List.of(List.of(1, "ADA", "ink"), List.of(2, "bob", "pad")));
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> {}).beforeNextCommit(() -> catalog.next(CommitFault.FORBIDDEN));
    assertThatThrownBy(() -> commit(load, sealed)).isInstanceOf(FirnException.class);

    destination.discard(sealed, load.folder(project));

    assertThat(orders("name")).containsExactly(List.of("ada"));
    assertThat(lines("product")).containsExactly(List.of("pen"));
  }

  @Test
  void rowsMoveBetweenPartitions() {
    TableSchema byName =
        new TableSchema(
            ORDERS, KEYED.columns(), KEYED.key(), List.of(PartitionField.parse("name")));
    TestLoad first = TestLoad.into(byName, WriteDisposition.MERGE);
    load(first.rows(row(first, 1, "ada"), row(first, 2, "bob"), row(first, 3, "ada")));
    TestLoad second = TestLoad.into(byName, WriteDisposition.MERGE);

    load(second.rows(row(second, 1, "bob"), row(second, 3, "ada"), row(second, 4, "ada")));

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(
            List.of(1L, "bob"), List.of(2L, "bob"), List.of(3L, "ada"), List.of(4L, "ada"));
  }

  @Test
  void cursorMovesWithUnchangedRows() {
    TestLoad first = merge();
    load(first.rows(row(first, 1, "ada")).moving(ResourceState.Slice.NONE, cursor(1)));
    TestLoad second = merge();

    CommitResult result = load(second.rows(row(second, 1, "ada")).moving(cursor(1), cursor(2)));

    assertThat(state().orElseThrow().slice()).isEqualTo(cursor(2));
    assertThat(result.tables().get(0).unchanged()).isEqualTo(1);
    assertThat(orders("id")).containsExactly(List.of(1L));
  }
}
