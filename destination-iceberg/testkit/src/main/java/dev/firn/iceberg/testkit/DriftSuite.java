package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/**
 * Tables whose schema another engine changes between the staging of a load and its commit, or
 * between the last look at them and the commit that is on its way.
 */
public abstract class DriftSuite extends OtherWritersSuite {
  // The old one stays under another name: where metastores look at the order of columns they do not
  // let go of any in the middle.
  private void makeAnew(TableName name, String column, Type.PrimitiveType type) {
    table(name).updateSchema().renameColumn(column, column + "_of_old").commit();
    table(name).updateSchema().addColumn(column, type).commit();
  }

  private static TestLoad withNote(Simple type, long id, Object note) {
    List<Column> columns = List.of(ORDER_COLUMNS.columns().get(0), Column.of("note", type));
    TableSchema wide = ORDER_COLUMNS.withColumns(columns);
    return TestLoad.into(wide, WriteDisposition.APPEND).of("writer-" + id).rows(List.of(id, note));
  }

  @Test
  void columnMadeAnewInAChildTableHoldsTheStagedValues() {
    load(
        append()
            .rows(order(1, "ada"))
            .children(LINE_COLUMNS, new int[] {0}, List.of(line("pen", 1, 0))));
    TestLoad load = append().rows(order(2, "bob"));
    load.children(LINE_COLUMNS, new int[] {0}, List.of(line("ink", 2, 0)));
    LoadPackage sealed = stage(load);
    makeAnew(LINE_COLUMNS.name(), "product", Types.StringType.get());

    commit(load, sealed);

    assertThat(lines("product", "_firn_parent_id"))
        .containsExactlyInAnyOrder(Arrays.asList(null, "o1"), List.of("ink", "o2"));
  }

  @Test
  void columnMadeAnewUnderAMergeHoldsTheStagedValues() {
    TestLoad first = TestLoad.into(KEYED, WriteDisposition.MERGE);
    load(first.rows(row(first, 1, "ada"), row(first, 2, "bob")));
    TestLoad load = TestLoad.into(KEYED, WriteDisposition.MERGE);
    load.rows(row(load, 2, "bea"), row(load, 3, "cyn"));
    LoadPackage sealed = stage(load);
    makeAnew(ORDERS, "name", Types.StringType.get());

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, "bea"), List.of(3L, "cyn"));
  }

  @Test
  void columnMadeAnewUnderAReplacementHoldsTheStagedValues() {
    load(append().rows(order(1, "ada")));
    TestLoad load = replace().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    makeAnew(ORDERS, "name", Types.StringType.get());

    commit(load, sealed);

    assertThat(orders("id", "name")).containsExactly(List.of(2L, "bob"));
  }

  @Test
  void columnMadeAnewWithAnotherTypeRefusesTheCommit() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    makeAnew(ORDERS, "name", Types.BooleanType.get());

    assertThatThrownBy(() -> commit(load, sealed))
        .hasMessageContaining("column 'name' is boolean but string arrives")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.CONTRACT_FROZEN);
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void droppedColumnThatStagedRowsBringComesBack() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    table(ORDERS).updateSchema().deleteColumn("name").commit();

    CommitResult result = commit(load, sealed);

    assertThat(result.tables().get(0).schemaChanges()).containsExactly("+ column name string");
    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, "bob"));
  }

  @Test
  void columnsThatTradeTheirNamesKeepTheirValuesApart() {
    TableSchema pair =
        ORDER_COLUMNS.withColumns(
            List.of(
                ORDER_COLUMNS.columns().get(0),
                Column.of("a", Simple.STRING),
                Column.of("b", Simple.STRING)));
    load(TestLoad.into(pair, WriteDisposition.APPEND).rows(List.of(1L, "a1", "b1")));
    TestLoad load = TestLoad.into(pair, WriteDisposition.APPEND).rows(List.of(2L, "a2", "b2"));
    LoadPackage sealed = stage(load);
    table(ORDERS).updateSchema().renameColumn("a", "c").commit();
    table(ORDERS).updateSchema().renameColumn("b", "a").commit();
    table(ORDERS).updateSchema().renameColumn("c", "b").commit();

    commit(load, sealed);

    assertThat(orders("id", "a", "b"))
        .containsExactlyInAnyOrder(List.of(1L, "b1", "a1"), List.of(2L, "a2", "b2"));
  }

  @Test
  void columnThatIsWidenedMeanwhileTakesTheNarrowFile() {
    load(withNote(Simple.INT32, 1, 7));
    TestLoad load = withNote(Simple.INT32, 2, 8);
    LoadPackage sealed = stage(load);
    table(ORDERS).updateSchema().updateColumn("note", Types.LongType.get()).commit();

    commit(load, sealed);

    assertThat(orders("id", "note")).containsExactlyInAnyOrder(List.of(1L, 7L), List.of(2L, 8L));
  }

  @Test
  void writersThatAddOneColumnWithTypesThatPromoteShareTheWiderOne() {
    load(append().rows(order(1, "ada")));
    TestLoad narrow = withNote(Simple.INT32, 2, 7);
    TestLoad wide = withNote(Simple.LONG, 3, 5_000_000_000L);
    TestLoad late = withNote(Simple.INT32, 4, 8);
    LoadPackage sealedNarrow = stage(narrow);
    LoadPackage sealedWide = stage(wide);
    LoadPackage sealedLate = stage(late);

    commit(narrow, sealedNarrow);
    CommitResult widened = commit(wide, sealedWide);
    CommitResult last = commit(late, sealedLate);

    assertThat(widened.tables().get(0).schemaChanges())
        .containsExactly("~ column note int32 -> long");
    assertThat(last.tables().get(0).schemaChanges()).isEmpty();
    assertThat(orders("id", "note"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1L, null), List.of(2L, 7L), List.of(3L, 5_000_000_000L), List.of(4L, 8L));
  }

  @Test
  void columnMadeAnewAfterTheLastLookHoldsTheStagedValues() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> makeAnew(ORDERS, "name", Types.StringType.get()));

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, "bob"));
  }

  @Test
  void columnMadeAnewAfterTheLastLookUnderAMergeHoldsTheStagedValues() {
    TestLoad first = TestLoad.into(KEYED, WriteDisposition.MERGE);
    load(first.rows(row(first, 1, "ada"), row(first, 2, "bob")));
    TestLoad load = TestLoad.into(KEYED, WriteDisposition.MERGE);
    load.rows(row(load, 2, "bea"), row(load, 3, "cyn"));
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> makeAnew(ORDERS, "name", Types.StringType.get()));

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, "bea"), List.of(3L, "cyn"));
  }

  @Test
  void specChangedAfterTheLastLookTakesTheStagedRows() {
    load(append().rows(order(1, "ada")));
    TestLoad load = append().rows(order(2, "bob"));
    LoadPackage sealed = stage(load);
    catalog.beforeNextCommit(() -> table(ORDERS).updateSpec().addField("name").commit());

    commit(load, sealed);

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "ada"), List.of(2L, "bob"));
  }
}
