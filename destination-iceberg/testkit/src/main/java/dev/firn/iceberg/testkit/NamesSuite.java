package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.destination.Capability;
import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import dev.firn.state.ResourceState;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and namespaces of any name are found, listed, renamed and dropped, or refused. */
public abstract class NamesSuite extends DriftedRunSuite {
  /** Whether the catalog can have a namespace or table of this name; else it refuses it. */
  protected boolean holds(String name) {
    return name.chars().noneMatch(c -> provider().capabilities().reserved().indexOf(c) >= 0);
  }

  private static TestLoad into(TableName name, long id) {
    TableSchema schema = new TableSchema(name, ORDER_COLUMNS.columns(), List.of(), List.of());
    return TestLoad.into(schema, WriteDisposition.APPEND).rows(order(id, name.toString()));
  }

  private List<List<@Nullable Object>> ids(TableName name) {
    return TableContent.rows(table(name), "id");
  }

  // There are catalogs to which a dot in a namespace is the border of two.
  private static String joined(TableName name) {
    return String.join(".", name.namespace()) + "." + name.name();
  }

  private void assertRefused(TestLoad load, String message) {
    assertThatThrownBy(() -> stage(load))
        .hasMessageContaining(message)
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.INVALID_CONFIG);
  }

  @Test
  void namespacesNest() {
    TableName deep = TableName.parse("a.b.c.orders");
    if (missing().contains(Capability.NESTED_NAMESPACES)) {
      assertRefused(into(deep, 1), "has one level of them");
      return;
    }

    load(into(deep, 1));

    assertThat(ids(deep)).containsExactly(List.of(1L));
    assertThat(destination.metadata().tables()).containsExactly(deep);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zażółć gęślą",
        "注文",
        "😀",
        "a b",
        "it's; DROP TABLE iceberg_tables; --",
        "per%20cent%",
        "q?uestion#hash",
        "quo\"te",
        "plus+and&or=",
        "_under-score",
        "dot.ted",
        "at@main",
        "${env:HOME}"
      })
  void strangeNamesAreKeptOrRefused(String strange) {
    TableName name = new TableName(List.of(strange), strange);
    if (!holds(strange)) {
      assertRefused(into(name, 1), "Table ");
      assertThat(destination.metadata().tables()).isEmpty();
      return;
    }

    load(into(name, 1));
    load(into(name, 2));

    assertThat(ids(name)).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(destination.metadata().current(name).orElseThrow().rows()).hasValue(2);
    assertThat(destination.metadata().tables())
        .extracting(NamesSuite::joined)
        .containsExactly(joined(name));
  }

  @Test
  void namesThatDifferInCaseOnlyAreTwoTablesOrOneIsRefused() {
    TableName upper = TableName.parse("shop.Orders");
    load(into(ORDERS, 1));
    if (provider().capabilities().letterCase() == CatalogCapabilities.LetterCase.LOWERED) {
      assertRefused(into(upper, 2), "lower case");
      return;
    }

    load(into(upper, 2));

    assertThat(ids(ORDERS)).containsExactly(List.of(1L));
    assertThat(ids(upper)).containsExactly(List.of(2L));
    assertThat(destination.metadata().tables()).containsExactlyInAnyOrder(upper, ORDERS);
  }

  @Test
  void everyTableOfEveryNamespaceIsListed() {
    TableName items = TableName.parse("stock.items");
    load(into(items, 1));
    load(
        append()
            .rows(order(1, "ada"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 1, 0))));

    assertThat(destination.metadata().tables()).containsExactly(ORDERS, LINE_COLUMNS.name(), items);
    assertThat(destination.metadata().current(TableName.parse("stock.orders"))).isEmpty();
    assertThat(destination.metadata().current(TableName.parse("nowhere.orders"))).isEmpty();
  }

  @Test
  void renamedTableTakesItsRowsAndStateAlong() {
    load(append().rows(order(1, "ada")).moving(ResourceState.Slice.NONE, cursor(1)));
    TestLoad late = append().rows(order(2, "bob")).moving(cursor(1), cursor(2));
    LoadPackage sealed = stage(late);
    TableName bills = TableName.parse("shop.bills");
    if (missing().contains(Capability.RENAME_TABLE)) {
      assertThatThrownBy(() -> catalog.inner().renameTable(identifier(ORDERS), identifier(bills)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("rename");
      return;
    }

    catalog.inner().renameTable(identifier(ORDERS), identifier(bills));

    assertThatThrownBy(() -> commit(late, sealed))
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.TABLE_REPLACED);
    load(into(bills, 3).moving(cursor(1), cursor(3)));
    assertThat(ids(bills)).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
    LiveTable live = destination.metadata().current(bills).orElseThrow();
    assertThat(live.state(TestLoad.PIPELINE, TestLoad.RESOURCE).orElseThrow().slice())
        .isEqualTo(cursor(3));
    assertThat(destination.metadata().current(ORDERS)).isEmpty();
    assertThat(destination.metadata().tables()).containsExactly(bills);
  }

  @Test
  void droppedTableIsMadeAnewWithoutWhatItHeld() {
    load(append().rows(order(1, "ada")).moving(ResourceState.Slice.NONE, cursor(1)));
    String uuid = destination.metadata().current(ORDERS).orElseThrow().uuid();

    assertThat(catalog.inner().dropTable(identifier(ORDERS), false)).isTrue();

    assertThat(catalog.inner().dropTable(identifier(ORDERS), false)).isFalse();
    assertThat(destination.metadata().current(ORDERS)).isEmpty();
    assertThat(destination.metadata().tables()).isEmpty();
    load(append().rows(order(2, "bob")));
    assertThat(orders("id")).containsExactly(List.of(2L));
    assertThat(state().orElseThrow().slice()).isEqualTo(ResourceState.Slice.NONE);
    assertThat(destination.metadata().current(ORDERS).orElseThrow().uuid()).isNotEqualTo(uuid);
  }

  @Test
  void namespaceIsDroppedWhenItsTablesAre() {
    load(append().rows(order(1, "ada")));
    SupportsNamespaces namespaces = (SupportsNamespaces) catalog.inner();
    Namespace shop = Namespace.of("shop");

    assertThatThrownBy(() -> namespaces.dropNamespace(shop))
        .isInstanceOf(NamespaceNotEmptyException.class);
    catalog.inner().dropTable(identifier(ORDERS), false);
    assertThat(namespaces.dropNamespace(shop)).isTrue();

    assertThat(namespaces.namespaceExists(shop)).isFalse();
    load(append().rows(order(2, "bob")));
    assertThat(orders("id")).containsExactly(List.of(2L));
  }

  @Test
  void propertiesOfATableAreKeptAndThoseOfOthersToo() {
    Map<String, String> ours = Map.of("team", "zażółć \"it's\" \\ 100 %\n2nd line", "empty", "");
    TableSettings settings = new TableSettings(0, List.of(), 0, List.of(), Map.of(), ours);
    load(
        TestLoad.into(ORDER_COLUMNS.withSettings(settings), WriteDisposition.APPEND)
            .rows(order(1, "ada")));
    table(ORDERS).updateProperties().set("theirs", "x=y;z").commit();

    load(append().rows(order(2, "bob")));

    assertThat(destination.metadata().current(ORDERS).orElseThrow().properties())
        .containsAllEntriesOf(ours)
        .containsEntry("theirs", "x=y;z");
  }

  @Test
  void tablesThatAreNamedLikeChildrenAreLeftAlone() {
    String key = ResourceState.key(TestLoad.PIPELINE, TestLoad.RESOURCE);
    load(append().rows(order(1, "ada")));
    Table orders = table(ORDERS);
    TableName old = new TableName(ORDERS.namespace(), ORDERS.name() + "__old");
    catalog
        .inner()
        .buildTable(identifier(old), orders.schema())
        .withProperty(key, orders.properties().get(key))
        .create();
    catalog.inner().dropTable(identifier(ORDERS), true);

    load(TestLoad.into(ORDER_COLUMNS, WriteDisposition.REPLACE).rows(order(2, "bob")));

    assertThat(orders("id")).containsExactly(List.of(2L));
    assertThat(table(old).properties()).containsKey(key);
  }
}
