package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadPackage;
import dev.firn.load.Replacing;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What replacing loads and loads that only make their table do. */
public abstract class WriteSuite extends MergeSuite {
  private static final TableSchema BY_NAME =
      new TableSchema(
          ORDERS, ORDER_COLUMNS.columns(), List.of(), List.of(PartitionField.parse("name")));
  private static final WriteRules PARTITIONS = replacing(Replacing.Scope.PARTITION, Map.of());

  private static WriteRules replacing(Replacing.Scope scope, Map<String, String> partition) {
    return WriteRules.DEFAULT.withReplacing(
        new Replacing(scope, Replacing.Strategy.TRUNCATE_INSERT, partition));
  }

  private static TestLoad partitions(TableSchema schema) {
    return TestLoad.into(schema, WriteDisposition.REPLACE).by(PARTITIONS);
  }

  private static List<@Nullable Object> order(TestLoad load, long id, String name) {
    return Arrays.asList(id, name, load.id().value(), "o" + id);
  }

  private void loadThreeOrders() {
    TestLoad load = TestLoad.into(BY_NAME, WriteDisposition.APPEND);
    load(
        load.rows(order(load, 1, "ada"), order(load, 2, "ada"), order(load, 3, "bob"))
            .children(
                LINE_COLUMNS,
                new int[] {0, 1, 2},
                List.of(line("pen", 1, 0), line("ink", 2, 0), line("pad", 3, 0))));
  }

  @Test
  void onlyPartitionsOfTheLoadAreReplaced() {
    loadThreeOrders();
    String uuid = uuid();

    CommitResult result =
        load(
            partitions(BY_NAME)
                .rows(order(4, "ada"), order(5, "cyn"))
                .children(LINE_COLUMNS, new int[] {0}, List.of(line("cap", 4, 0))));

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(3L, "bob"), List.of(4L, "ada"), List.of(5L, "cyn"));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pad"), List.of("cap"));
    TableOutcome root = result.tables().get(0);
    assertThat(root.inserted()).isEqualTo(2);
    assertThat(root.deleted()).isEqualTo(2);
    assertThat(root.total()).isEqualTo(3);
    assertThat(uuid()).isEqualTo(uuid);
  }

  @Test
  void rowsOfAReplacedPartitionThatMovedElsewhereKeepTheirChildren() {
    TableSchema keyed =
        new TableSchema(
            ORDERS, KEYED.columns(), KEYED.key(), List.of(PartitionField.parse("name")));
    TestLoad first = TestLoad.into(keyed, WriteDisposition.MERGE);
    load(
        first
            .rows(row(first, 1, "ada"), row(first, 2, "ada"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 1, 0))));
    TestLoad move = TestLoad.into(keyed, WriteDisposition.MERGE);
    load(
        move.rows(row(move, 1, "bob"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("ink", 1, 0))));

    TestLoad replace = partitions(keyed);
    load(replace.rows(row(replace, 3, "ada")));

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "bob"), List.of(3L, "ada"));
    assertThat(lines("product")).containsExactly(List.of("ink"));
  }

  @Test
  void aNamedPartitionTakesNoOtherRowsAndMayBeEmptied() {
    loadThreeOrders();
    WriteRules ada = replacing(Replacing.Scope.PARTITION, Map.of("name", "ada"));
    TestLoad other = TestLoad.into(BY_NAME, WriteDisposition.REPLACE).by(ada);
    int commits = catalog.commits();

    assertThatThrownBy(() -> stage(other.rows(order(9, "bob"))))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("name = bob")
        .hasMessageContaining("ada");
    assertThat(catalog.commits()).isEqualTo(commits);

    load(TestLoad.into(BY_NAME, WriteDisposition.REPLACE).by(ada));
    assertThat(orders("id")).containsExactly(List.of(3L));
    assertThat(lines("product")).containsExactly(List.of("pad"));
  }

  @Test
  void aPartitionThatIsNoneIsRefused() {
    load(append().rows(order(1, "ada")));

    assertThatThrownBy(() -> stage(partitions(ORDER_COLUMNS).rows(order(2, "bob"))))
        .hasMessageContaining("has no partitions");

    loadThreeOrders();
    assertThatThrownBy(
            () ->
                stage(
                    TestLoad.into(BY_NAME, WriteDisposition.REPLACE)
                        .by(replacing(Replacing.Scope.PARTITION, Map.of("id", "1")))
                        .rows(order(2, "bob"))))
        .hasMessageContaining("not partitioned by id");
  }

  @Test
  void filesOfAnEarlierPartitioningAreNotGuessedAbout() {
    load(append().rows(order(1, "ada")));
    table(ORDERS).updateSpec().addField("name").commit();
    LoadPackage sealed;
    TestLoad load = partitions(BY_NAME).rows(order(2, "bob"));
    sealed = stage(load);

    assertThatThrownBy(() -> commit(load, sealed)).hasMessageContaining("partitioned by nothing");

    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void aReplacedTableIsNeverSeenEmptyAndKeepsItsIdentity() throws Exception {
    load(replace().rows(order(1, "ada"), order(2, "bob")));
    String uuid = uuid();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<@Nullable Object> wrong = new AtomicReference<>();
    Thread reader = new Thread(() -> readUntil(stop, wrong));
    reader.start();

    for (int i = 0; i < 5; i++) {
      load(replace().rows(order(10 + i, "ada"), order(20 + i, "bob")));
    }
    stop.set(true);
    reader.join();

    assertThat(wrong.get()).isNull();
    assertThat(uuid()).isEqualTo(uuid);
    assertThat(snapshots(ORDERS)).isEqualTo(6);
  }

  private void readUntil(AtomicBoolean stop, AtomicReference<@Nullable Object> wrong) {
    while (!stop.get() && wrong.get() == null) {
      List<List<@Nullable Object>> seen = orders("id");
      long one = seen.isEmpty() ? -1 : seen.stream().mapToLong(WriteSuite::id).min().orElse(-1);
      long two = seen.isEmpty() ? -1 : seen.stream().mapToLong(WriteSuite::id).max().orElse(-1);
      boolean first = one == 1 && two == 2;
      if (seen.size() != 2 || (!first && two != one + 10)) {
        wrong.set(seen);
      }
    }
  }

  private static long id(List<@Nullable Object> row) {
    return row.get(0) instanceof Long id ? id : -1;
  }

  @Test
  void aTableThatIsDroppedAndMadeAnewIsAnotherOne() {
    load(
        append()
            .rows(order(1, "ada"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 1, 0))));
    String uuid = uuid();
    TableSchema other =
        TableSchema.of(
            ORDERS,
            List.of(
                Column.of("id", DataType.Simple.STRING),
                Column.of(SystemColumns.LOAD_ID, DataType.Simple.STRING)));

    CommitResult result =
        load(
            TestLoad.into(other, WriteDisposition.REPLACE)
                .by(
                    WriteRules.DEFAULT.withReplacing(
                        new Replacing(
                            Replacing.Scope.TABLE, Replacing.Strategy.DROP_CREATE, Map.of())))
                .rows(Arrays.asList("x", "load")));

    assertThat(result.tables().get(0).operation()).isEqualTo("create");
    assertThat(uuid()).isNotEqualTo(uuid);
    assertThat(orders("id")).containsExactly(List.of("x"));
    assertThat(table(ORDERS).schema().findField("name")).isNull();
    assertThat(destination.metadata().current(LINE_COLUMNS.name())).isEmpty();
  }

  @Test
  void aTableIsDroppedOnceHoweverOftenItsLoadIsCommitted() {
    load(append().rows(order(1, "ada")));
    TestLoad load =
        TestLoad.into(ORDER_COLUMNS, WriteDisposition.REPLACE)
            .by(
                WriteRules.DEFAULT.withReplacing(
                    new Replacing(Replacing.Scope.TABLE, Replacing.Strategy.DROP_CREATE, Map.of())))
            .rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    catalog.next(CommitFault.FORBIDDEN);
    assertThatThrownBy(() -> commit(load, sealed)).isInstanceOf(FirnException.class);

    commit(load, sealed);
    String uuid = uuid();
    CommitResult again = commit(load, sealed);

    assertThat(again.alreadyDone()).isTrue();
    assertThat(uuid()).isEqualTo(uuid);
    assertThat(orders("id")).containsExactly(List.of(2L));
  }

  @Test
  void aTableThatIsThereIsNotMadeAgain() {
    TestLoad first = TestLoad.into(ORDER_COLUMNS, WriteDisposition.CREATE_IF_MISSING);
    load(first.rows(order(1, "ada")));
    int commits = catalog.commits();

    CommitResult result =
        load(
            TestLoad.into(ORDER_COLUMNS, WriteDisposition.CREATE_IF_MISSING).rows(order(2, "bob")));

    assertThat(catalog.commits()).isEqualTo(commits);
    assertThat(result.tables().get(0).operation()).isEqualTo("none");
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void aTableThatAppearsMeanwhileStaysAsItIs() throws Exception {
    TestLoad load =
        TestLoad.into(ORDER_COLUMNS, WriteDisposition.CREATE_IF_MISSING)
            .rows(order(1, "ada"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 1, 0)));
    LoadPackage sealed = stage(load);
    catalog
        .beforeNextCommit(() -> {})
        .beforeNextCommit(() -> load(append().of("other").rows(order(2, "bob"))));

    CommitResult result = commit(load, sealed);

    assertThat(result.tables().get(0).operation()).isEqualTo("none");
    assertThat(orders("id")).containsExactly(List.of(2L));
    assertThat(lines("product")).isEmpty();
  }

  private String uuid() {
    Table table = table(ORDERS);
    return ((HasTableOperations) table).operations().current().uuid();
  }
}
