package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.load.CommitResult;
import dev.firn.load.DedupSort;
import dev.firn.load.LoadPackage;
import dev.firn.load.MergeStrategy;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each strategy of a merge does, children and all. */
public abstract class StrategySuite extends WriteSuite {
  static final WriteRules HARD = WriteRules.DEFAULT.withHardDelete("gone");
  private static final WriteRules INSERT_ONLY =
      WriteRules.DEFAULT.withStrategy(MergeStrategy.INSERT_ONLY);

  static TableSchema orders(List<String> key, int formatVersion) {
    return new TableSchema(
            ORDERS,
            List.of(
                new Column("id", DataType.Simple.LONG, key.contains("id"), List.of("id")),
                Column.of("shop", DataType.Simple.STRING),
                Column.of("amount", DataType.Simple.LONG),
                Column.of("gone", DataType.Simple.BOOLEAN),
                Column.of(SystemColumns.LOAD_ID, DataType.Simple.STRING),
                Column.of(SystemColumns.ID, DataType.Simple.STRING),
                Column.of(SystemColumns.ROW_HASH, DataType.Simple.LONG)),
            key,
            List.of())
        .withSettings(
            new TableSettings(formatVersion, List.of(), 0, List.of(), Map.of(), Map.of()));
  }

  static TestLoad merge(WriteRules rules) {
    return TestLoad.into(orders(List.of("id"), 0), WriteDisposition.MERGE).by(rules);
  }

  /** Rows that only share a shop. */
  private static TestLoad byShop(WriteRules rules) {
    return TestLoad.into(orders(List.of(), 0), WriteDisposition.MERGE).by(rules);
  }

  static List<@Nullable Object> row(
      TestLoad load, long id, String shop, @Nullable Long amount, @Nullable Boolean gone) {
    long hash = Arrays.asList(id, shop, amount, gone).hashCode();
    String unique = "o" + id + (amount == null ? "" : "-" + amount);
    return Arrays.asList(id, shop, amount, gone, load.id().value(), unique, hash);
  }

  static List<@Nullable Object> row(TestLoad load, long id, String shop, long amount) {
    return row(load, id, shop, (Long) amount, null);
  }

  static List<@Nullable Object> lineOf(String product, long id, long amount) {
    return Arrays.asList(product, "o" + id + "-" + amount + ".0", "o" + id + "-" + amount, 0L);
  }

  private void loadThree() {
    TestLoad load = merge(WriteRules.DEFAULT);
    load(
        load.rows(row(load, 1, "north", 10), row(load, 2, "north", 20), row(load, 3, "south", 30))
            .children(
                LINE_COLUMNS,
                new int[] {0, 1, 2},
                List.of(lineOf("pen", 1, 10), lineOf("ink", 2, 20), lineOf("pad", 3, 30))));
  }

  @Test
  void aRecordThatDeletesTakesRowAndChildrenWithIt() {
    loadThree();
    TestLoad load = merge(HARD);
    load.rows(
            row(load, 1, "north", null, true),
            row(load, 2, "north", 21L, false),
            row(load, 9, "north", null, true))
        .children(
            LINE_COLUMNS,
            new int[] {0, 1, 2},
            List.of(lineOf("no", 1, 0), lineOf("ink2", 2, 21), lineOf("no", 9, 0)));

    CommitResult result = load(load);

    assertThat(orders("id", "amount"))
        .containsExactlyInAnyOrder(List.of(2L, 21L), List.of(3L, 30L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("ink2"), List.of("pad"));
    TableOutcome root = result.tables().get(0);
    assertThat(root.inserted()).isZero();
    assertThat(root.updated()).isEqualTo(1);
    assertThat(root.deleted()).isEqualTo(1);
    assertThat(root.unchanged()).as("the key that nobody had").isEqualTo(1);
    assertThat(root.total()).isEqualTo(2);
  }

  @Test
  void anyValueOfAnotherTypeDeletes() {
    loadThree();
    TestLoad load = merge(WriteRules.DEFAULT.withHardDelete("amount"));

    load(load.rows(row(load, 1, "north", 0L, null), row(load, 4, "north", null, null)));

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(2L), List.of(3L), List.of(4L));
  }

  @Test
  void ofSeveralOperationsOnOneKeyTheLastCounts() {
    loadThree();
    TestLoad load = merge(HARD);
    load.rows(
        row(load, 1, "north", null, true),
        row(load, 1, "north", 11L, null),
        row(load, 2, "north", 21L, null),
        row(load, 2, "north", null, true),
        row(load, 4, "north", 40L, null),
        row(load, 4, "north", null, true));

    CommitResult result = load(load);

    assertThat(orders("id", "amount"))
        .containsExactlyInAnyOrder(List.of(1L, 11L), List.of(3L, 30L));
    assertThat(result.superseded()).isEqualTo(3);
    assertThat(lines("product")).containsExactly(List.of("pad"));
  }

  @Test
  void theRecordThatIsPreferredWinsWhateverItsPlace() {
    WriteRules greatest = WriteRules.DEFAULT.withDedupSort(DedupSort.parse("amount desc"));
    WriteRules least = WriteRules.DEFAULT.withDedupSort(DedupSort.parse("amount asc"));
    TestLoad first = merge(greatest);
    load(
        first.rows(
            row(first, 1, "a", 5),
            row(first, 1, "b", 9),
            row(first, 1, "c", null, null),
            row(first, 1, "d", 9),
            row(first, 1, "e", -7)));
    assertThat(orders("shop", "amount")).containsExactly(List.of("d", 9L));

    TestLoad second = merge(least);
    load(
        second
            .rows(row(second, 1, "f", -9))
            .rows(row(second, 1, "g", null, null), row(second, 1, "h", 3)));

    assertThat(orders("shop", "amount")).containsExactly(List.of("f", -9L));
  }

  @Test
  void textAndFractionsArePreferredByTheirOrder() {
    WriteRules byShop = WriteRules.DEFAULT.withDedupSort(DedupSort.parse("shop"));
    TestLoad load = merge(byShop);

    load(
        load.rows(row(load, 1, "banana", 1), row(load, 1, "bananas", 2), row(load, 1, "apple", 3)));

    assertThat(orders("shop")).containsExactly(List.of("bananas"));
  }

  @Test
  void knownKeysStayUnderInsertOnlyAndKeepTheirChildren() {
    loadThree();
    TestLoad load = merge(INSERT_ONLY.withHardDelete("gone"));
    load.rows(
            row(load, 1, "east", 11),
            row(load, 4, "east", 40),
            row(load, 2, "north", null, true),
            row(load, 5, "east", null, true))
        .children(
            LINE_COLUMNS, new int[] {0, 1}, List.of(lineOf("other", 1, 11), lineOf("cap", 4, 40)));

    CommitResult result = load(load);

    assertThat(orders("id", "amount"))
        .containsExactlyInAnyOrder(
            List.of(1L, 10L), List.of(2L, 20L), List.of(3L, 30L), List.of(4L, 40L));
    assertThat(lines("product"))
        .containsExactlyInAnyOrder(List.of("pen"), List.of("ink"), List.of("pad"), List.of("cap"));
    assertThat(result.tables().get(0).inserted()).isEqualTo(1);
    assertThat(result.tables().get(0).unchanged()).isEqualTo(3);
  }

  @Test
  void aKeyThatAnotherWriterInsertsFirstStaysAsItIsUnderInsertOnly() throws Exception {
    loadThree();
    TestLoad load = merge(INSERT_ONLY);
    load.rows(row(load, 4, "east", 40), row(load, 5, "east", 50))
        .children(
            LINE_COLUMNS, new int[] {0, 1}, List.of(lineOf("mine", 4, 40), lineOf("cap", 5, 50)));
    LoadPackage sealed = stage(load);
    TestLoad other = merge(WriteRules.DEFAULT).of("other");
    catalog
        .beforeNextCommit(() -> {})
        .beforeNextCommit(() -> load(other.rows(row(other, 4, "west", 44))));

    commit(load, sealed);

    assertThat(orders("id", "amount"))
        .containsExactlyInAnyOrder(
            List.of(1L, 10L),
            List.of(2L, 20L),
            List.of(3L, 30L),
            List.of(4L, 44L),
            List.of(5L, 50L));
    assertThat(lines("product"))
        .containsExactlyInAnyOrder(List.of("pen"), List.of("ink"), List.of("pad"), List.of("cap"));
  }

  @Test
  void rowsThatShareAMergeKeyGoWithTheirChildren() {
    loadThree();
    TestLoad load = merge(WriteRules.DEFAULT.withMergeKey(List.of("shop")));
    load.rows(row(load, 1, "north", 10), row(load, 3, "north", 33))
        .children(
            LINE_COLUMNS, new int[] {0, 1}, List.of(lineOf("pen", 1, 10), lineOf("cap", 3, 33)));

    CommitResult result = load(load);

    assertThat(orders("id", "shop", "amount"))
        .containsExactlyInAnyOrder(List.of(1L, "north", 10L), List.of(3L, "north", 33L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen"), List.of("cap"));
    TableOutcome root = result.tables().get(0);
    assertThat(root.unchanged()).isEqualTo(1);
    assertThat(root.updated()).isEqualTo(1);
    assertThat(root.deleted()).isEqualTo(1);
    assertThat(root.total()).isEqualTo(2);
  }

  @Test
  void aMergeKeyAloneReplacesItsRowsAndKeepsDoubles() {
    WriteRules byShop = WriteRules.DEFAULT.withMergeKey(List.of("shop"));
    TestLoad first = byShop(byShop);
    load(
        first.rows(
            row(first, 1, "north", 10), row(first, 1, "north", 11), row(first, 2, "south", 20)));
    TestLoad second = byShop(byShop.withHardDelete("gone"));

    CommitResult result =
        load(
            second.rows(
                row(second, 3, "north", 30),
                row(second, 3, "north", 31),
                row(second, 9, "south", null, true)));

    assertThat(orders("id", "amount"))
        .containsExactlyInAnyOrder(List.of(3L, 30L), List.of(3L, 31L));
    assertThat(result.tables().get(0).deleted()).isEqualTo(3);
    assertThat(result.tables().get(0).total()).isEqualTo(2);
  }

  @Test
  void keysThatALoadLacksGoWhenItSaysSo() {
    loadThree();
    TestLoad load = merge(WriteRules.DEFAULT.withDeleteAbsent(true));
    load.rows(row(load, 2, "north", 20), row(load, 4, "east", 40))
        .children(
            LINE_COLUMNS, new int[] {0, 1}, List.of(lineOf("ink", 2, 20), lineOf("cap", 4, 40)));

    CommitResult result = load(load);

    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(2L), List.of(4L));
    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("ink"), List.of("cap"));
    TableOutcome root = result.tables().get(0);
    assertThat(root.deleted()).isEqualTo(2);
    assertThat(root.unchanged()).isEqualTo(1);

    load(merge(WriteRules.DEFAULT.withDeleteAbsent(true)));
    assertThat(orders("id")).isEmpty();
    assertThat(lines("product")).isEmpty();
  }
}
