package dev.firn.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import dev.firn.schema.DataType.Simple;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnEditsTest {
  private static final TableName TABLE = TableName.parse("ns.t");
  private static final TableSchema LIVE =
      new TableSchema(
          TABLE,
          List.of(
              Column.required("id", Simple.LONG),
              new Column("cust_id", Simple.INT32, false, List.of("custId")),
              Column.of("note", Simple.STRING)),
          List.of("id"),
          List.of(PartitionField.parse("bucket(4, cust_id)")));
  private static final ColumnEdits RENAME =
      new ColumnEdits(Map.of("cust_id", "customer_id"), List.of());
  private static final ColumnEdits DROP = new ColumnEdits(Map.of(), List.of("note"));
  private static final Column ID = Column.required("id", Simple.LONG);

  private static TableSchema incoming(ColumnEdits edits, Column... columns) {
    return TableSchema.of(TABLE, List.of(columns)).withEdits(edits);
  }

  @Test
  void aRenamedColumnIsTheSameColumnEverywhere() {
    SchemaDiff diff =
        SchemaDiff.between(LIVE, incoming(RENAME, ID, Column.of("customer_id", Simple.LONG)));

    assertThat(diff.changes())
        .containsExactly(
            new SchemaChange.RenameColumn("cust_id", "customer_id"),
            new SchemaChange.WidenType("customer_id", Simple.INT32, Simple.LONG));
    TableSchema after = diff.applyTo(LIVE);
    assertThat(after.column("customer_id"))
        .contains(new Column("customer_id", Simple.LONG, false, List.of("custId")));
    assertThat(after.partitionBy()).hasToString("[bucket(4, customer_id)]");
    assertThat(SchemaDiff.between(after, incoming(RENAME, ID)).isEmpty()).isTrue();
  }

  @Test
  void aNameThatIsTakenIsNotRenamedTo() {
    ColumnEdits edits = new ColumnEdits(Map.of("cust_id", "note"), List.of());

    assertThatThrownBy(() -> SchemaDiff.between(LIVE, incoming(edits, ID)))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("has both columns 'cust_id' and 'note'");
    assertThatThrownBy(() -> new ColumnEdits(Map.of("a", "c", "b", "c"), List.of()))
        .hasMessageContaining("same name");
  }

  @Test
  void aColumnIsDroppedOnceAndNotWhileRowsBringIt() {
    SchemaDiff diff = SchemaDiff.between(LIVE, incoming(DROP, ID));

    assertThat(diff.changes()).containsExactly(new SchemaChange.DropColumn("note"));
    TableSchema after = diff.applyTo(LIVE);
    assertThat(after.column("note")).isEmpty();
    assertThat(SchemaDiff.between(after, incoming(DROP, ID)).isEmpty()).isTrue();
    TableSchema brings = incoming(DROP, ID, Column.of("note", Simple.STRING));
    for (TableSchema table : List.of(LIVE, after)) {
      assertThatThrownBy(() -> SchemaDiff.between(table, brings))
          .hasMessageContaining("is to be dropped, but rows bring it");
    }
  }

  @Test
  void firnsOwnColumnsAreNotForUsersToChange() {
    List<String> own = List.of("_firn_id");
    assertThatThrownBy(() -> new ColumnEdits(Map.of(), own)).isInstanceOf(FirnException.class);
    assertThatThrownBy(() -> new ColumnEdits(Map.of("a", "_firn_load_id"), List.of()))
        .isInstanceOf(FirnException.class);
  }
}
