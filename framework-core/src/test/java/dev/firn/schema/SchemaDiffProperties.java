package dev.firn.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.FirnException;
import dev.firn.schema.DataType.Simple;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a diff is for: afterwards the table holds the rows of both. */
class SchemaDiffProperties {
  private static final TableName TABLE = TableName.parse("ns.t");

  @Provide
  Arbitrary<TableSchema> schemas() {
    Arbitrary<DataType> types =
        Arbitraries.of(
            Simple.INT32,
            Simple.LONG,
            Simple.FLOAT,
            Simple.DOUBLE,
            Simple.STRING,
            Simple.JSON,
            new DataType.Decimal(10, 2),
            new DataType.Decimal(20, 2));
    Arbitrary<Set<String>> paths = Arbitraries.of("A", "a", "á").set().ofMaxSize(2);
    return Combinators.combine(
            Arbitraries.of("a", "b", "c", "d"), types, Arbitraries.of(true, false), paths)
        .as((name, type, required, p) -> new Column(name, type, required, List.copyOf(p)))
        .list()
        .uniqueElements(Column::name)
        .map(columns -> TableSchema.of(TABLE, columns))
        .flatMap(schema -> kept().map(schema::withSettings))
        .flatMap(schema -> partitionings().map(schema::withPartitionBy));
  }

  private static Arbitrary<TableSettings> kept() {
    Arbitrary<Map<String, String>> metrics =
        Arbitraries.maps(Arbitraries.of("a", "b"), Arbitraries.of("none", "full")).ofMaxSize(2);
    return Combinators.combine(
            Arbitraries.of(0, 2, 3),
            Arbitraries.of("a", "b desc", "day(a) nulls-last")
                .map(SortField::parse)
                .list()
                .ofMaxSize(2),
            Arbitraries.of(0L, 1L, 2L),
            Arbitraries.of("a", "b").set().ofMaxSize(2).map(List::copyOf),
            metrics,
            Arbitraries.maps(Arbitraries.of("x", "y"), Arbitraries.of("1", "2")).ofMaxSize(2))
        .as(TableSettings::new);
  }

  private static Arbitrary<List<PartitionField>> partitionings() {
    return Arbitraries.of("a", "day(b)", "bucket(4, c)")
        .map(PartitionField::parse)
        .list()
        .uniqueElements()
        .ofMaxSize(2);
  }

  @Property(tries = 200)
  void aSchemaDiffersFromItselfInNothing(@ForAll("schemas") TableSchema a) {
    assertThat(SchemaDiff.between(a, a).isEmpty()).isTrue();
  }

  @Property(tries = 500)
  void afterwardsTheTableHoldsTheRowsOfBoth(
      @ForAll("schemas") TableSchema a, @ForAll("schemas") TableSchema b) {
    TableSchema both;
    try {
      both = SchemaDiff.between(a, b).applyTo(a);
    } catch (FirnException e) {
      boolean impossible =
          b.columns().stream()
              .anyMatch(
                  column ->
                      a.column(column.name())
                          .filter(known -> !Promotion.holds(known.type(), column.type()))
                          .filter(known -> !Promotion.allowed(known.type(), column.type()))
                          .isPresent());
      int wanted = b.settings().formatVersion();
      boolean backwards = wanted > 0 && wanted < a.settings().formatVersion();
      assertThat(impossible || backwards).isTrue();
      return;
    }

    holds(both, a);
    holds(both, b);
    assertThat(SchemaDiff.between(both, b).changes()).isEmpty();
    assertThat(both.columns().subList(0, a.columns().size()))
        .extracting(Column::name)
        .containsExactlyElementsOf(a.columns().stream().map(Column::name).toList());
  }

  private static void holds(TableSchema table, TableSchema rows) {
    for (Column column : rows.columns()) {
      Column held = table.column(column.name()).orElseThrow();
      assertThat(Promotion.holds(held.type(), column.type())).as("%s", column).isTrue();
      assertThat(held.required() && !column.required()).as("%s", column).isFalse();
      assertThat(held.sourcePaths()).containsAll(column.sourcePaths());
    }
    for (Column held : table.columns()) {
      assertThat(held.required() && rows.column(held.name()).isEmpty()).as("%s", held).isFalse();
    }
  }
}
