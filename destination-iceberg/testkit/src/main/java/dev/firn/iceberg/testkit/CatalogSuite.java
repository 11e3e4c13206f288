package dev.firn.iceberg.testkit;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.destination.Capability;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every catalog must hold, beyond what its parents say of loads and of what befalls them. A
 * catalog's test extends this class and thereby runs all suites.
 */
@ExtendWith(SuiteCounts.class)
public abstract class CatalogSuite extends NamesSuite {
  @Test
  void formatVersionIsRaisedOnceWhereTheCatalogCan() {
    load(append().rows(order(1, "ada")));
    TableSchema newer =
        ORDER_COLUMNS.withSettings(
            new TableSettings(3, List.of(), 0, List.of(), Map.of(), Map.of()));
    TestLoad load = TestLoad.into(newer, WriteDisposition.APPEND).rows(order(2, "bob"));

    if (missing().contains(Capability.FORMAT_V3)) {
      assertThatThrownBy(() -> stage(load))
          .hasMessageContaining("format version 3, which this catalog cannot hold");
    } else {
      assertThat(load(load).tables().get(0).schemaChanges())
          .containsExactly("~ format-version 2 -> 3");
      assertThat(((HasTableOperations) table(ORDERS)).operations().current().formatVersion())
          .isEqualTo(3);
      assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    }
  }

  @Test
  void structOfAnotherEngineGrowsWhileLoadsGoOn() {
    load(append().rows(order(1, "ada")));
    table(ORDERS)
        .updateSchema()
        .addColumn("meta", Types.StructType.of(optional(1, "a", Types.IntegerType.get())))
        .commit();
    load(append().rows(order(2, "bob")));
    int meta = table(ORDERS).schema().findField("meta").fieldId();
    table(ORDERS)
        .updateSchema()
        .addColumn("meta", "b", Types.StringType.get())
        .updateColumn("meta.a", Types.LongType.get())
        .commit();
    TableSchema wide =
        ORDER_COLUMNS.withColumns(
            List.of(ORDER_COLUMNS.columns().get(0), Column.of("meta__c", DataType.Simple.STRING)));

    load(TestLoad.into(wide, WriteDisposition.APPEND).rows(List.of(3L, "c")));

    Schema schema = table(ORDERS).schema();
    assertThat(schema.findField("meta").fieldId()).isEqualTo(meta);
    assertThat(schema.findType("meta.a")).isEqualTo(Types.LongType.get());
    assertThat(schema.findType("meta.b")).isEqualTo(Types.StringType.get());
    assertThat(orders("id", "meta", "meta__c"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1L, null, null),
            Arrays.asList(2L, null, null),
            Arrays.asList(3L, null, "c"));
  }

  @Test
  void listThatComesLaterMakesItsTable() {
    load(append().rows(order(1, "ada")));

    load(
        append()
            .rows(order(2, "bob"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 2, 0))));

    assertThat(lines("product", "_firn_parent_id")).containsExactly(List.of("pen", "o2"));
    assertThat(destination.metadata().current(ORDERS).orElseThrow().children())
        .containsExactly(LINE_COLUMNS.name());
  }

  @Test
  void twoDaysOfTheSampleMakeTheTablesThatTheEmbeddedCatalogHas() throws Exception {
    SampleDays here = SampleDays.run(provider(), config());

    assertThat(here.rows()).isEqualTo(288);
    assertThat(here).isEqualTo(SampleDays.embedded(project.resolve("embedded")));
  }
}
