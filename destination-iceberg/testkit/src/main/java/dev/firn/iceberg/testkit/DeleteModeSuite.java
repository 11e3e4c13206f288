package dev.firn.iceberg.testkit;

import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.firn.destination.Capability;
import dev.firn.error.FirnException;
import dev.firn.load.CommitResult;
import dev.firn.load.DeleteMode;
import dev.firn.load.LoadPackage;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** What is left of rows, children and ids by each way to forget rows. */
public abstract class DeleteModeSuite extends StrategySuite {
  @Test
  void positionDeletesLeaveWhatAMapWouldHold() {
    mergeThrice(DeleteMode.POSITION_DELETES, 2);
  }

  @Test
  void deletionVectorsLeaveWhatAMapWouldHold() {
    assumeThat(missing()).doesNotContain(Capability.FORMAT_V3);

    mergeThrice(DeleteMode.DELETION_VECTORS, 3);
  }

  @Test
  void copiesLeaveWhatAMapWouldHoldAndNoDeletes() throws Exception {
    mergeThrice(DeleteMode.COPY_ON_WRITE, 2);

    for (Table each : List.of(table(ORDERS), table(LINE_COLUMNS.name()))) {
      try (CloseableIterable<FileScanTask> tasks = each.newScan().planFiles()) {
        tasks.forEach(task -> assertThat(task.deletes()).isEmpty());
      }
    }
  }

  private static TestLoad version(int format, DeleteMode mode) {
    return TestLoad.into(orders(List.of("id"), format), WriteDisposition.MERGE)
        .by(HARD.withDeleteMode(mode));
  }

  @Test
  void copiesKeepTheIdsOfAllKeys() {
    keysKeepTheirIds(DeleteMode.COPY_ON_WRITE);
  }

  @Test
  void vectorsKeepTheIdsOfAllKeys() {
    keysKeepTheirIds(DeleteMode.DELETION_VECTORS);
  }

  private void keysKeepTheirIds(DeleteMode mode) {
    assumeThat(missing()).doesNotContain(Capability.FORMAT_V3);
    TestLoad first = version(3, mode);
    load(first.rows(row(first, 1, "a", 1), row(first, 2, "b", 2), row(first, 3, "c", 3)));
    Map<Object, Object> ids = TableContent.rowIds(table(ORDERS), "id");
    Map<Object, Object> changed = TableContent.lastChanges(table(ORDERS), "id");

    TestLoad second = version(3, mode);
    load(second.rows(row(second, 4, "d", 4), row(second, 2, "B", 22), row(second, 1, "a", 1)));
    TestLoad third = version(3, mode);
    load(
        third.rows(
            row(third, 2, "B", 23),
            row(third, 3, "C", 33),
            row(third, 4, "D", 44),
            row(third, 5, "e", 5),
            row(third, 6, "f", null, true)));

    Map<Object, Object> now = TableContent.rowIds(table(ORDERS), "id");
    assertThat(now).hasSize(5).containsAllEntriesOf(ids);
    assertThat(now.values()).doesNotHaveDuplicates().doesNotContainNull();
    Map<Object, Object> changedNow = TableContent.lastChanges(table(ORDERS), "id");
    assertThat(changedNow.get(1L)).isEqualTo(changed.get(1L));
    assertThat(changedNow.get(2L)).isEqualTo(changedNow.get(5L)).isNotEqualTo(changed.get(2L));
    assertThat(orders("id", "amount"))
        .containsExactlyInAnyOrder(
            List.of(1L, 1L), List.of(2L, 23L), List.of(3L, 33L), List.of(4L, 44L), List.of(5L, 5L));
  }

  @Test
  void copiesLoseNoChildrenOfRowsOfEarlierLoads() {
    WriteRules rules = HARD.withDeleteMode(DeleteMode.COPY_ON_WRITE);
    TestLoad first = merge(rules);
    load(
        first
            .rows(row(first, 1, "a", 10), row(first, 2, "a", 20), row(first, 3, "a", 30))
            .children(
                LINE_COLUMNS,
                new int[] {0, 1, 2},
                List.of(lineOf("pen", 1, 10), lineOf("ink", 2, 20), lineOf("pad", 3, 30))));
    TestLoad second = merge(rules);
    load(
        second
            .rows(row(second, 1, "a", 11))
            .children(LINE_COLUMNS, new int[] {0}, List.of(lineOf("pen2", 1, 11))));

    TestLoad third = merge(rules);
    load(third.rows(row(third, 2, "a", null, true)));

    assertThat(lines("product")).containsExactlyInAnyOrder(List.of("pen2"), List.of("pad"));
  }

  @Test
  void vectorsComeWithTheFormatVersionThatKnowsThem() {
    assumeThat(missing()).doesNotContain(Capability.FORMAT_V3);
    TestLoad first = version(2, DeleteMode.POSITION_DELETES);
    load(first.rows(row(first, 1, "a", 10), row(first, 2, "b", 20), row(first, 3, "c", 30)));

    TestLoad raising = version(3, DeleteMode.DELETION_VECTORS);
    load(raising.rows(row(raising, 1, "a", 11)));
    TestLoad then = version(3, DeleteMode.DELETION_VECTORS);
    load(then.rows(row(then, 1, "a", 12), row(then, 2, "b", 22)));

    assertThat(orders("id", "amount"))
        .containsExactlyInAnyOrder(List.of(1L, 12L), List.of(2L, 22L), List.of(3L, 30L));
  }

  @Test
  void aVersionThatAnotherWriterRaisesMeanwhileChangesTheMode() {
    assumeThat(missing()).doesNotContain(Capability.FORMAT_V3);
    TestLoad first = version(2, DeleteMode.POSITION_DELETES);
    load(first.rows(row(first, 1, "a", 10), row(first, 2, "b", 20)));
    TestLoad load = version(0, DeleteMode.POSITION_DELETES);
    LoadPackage sealed = stage(load.rows(row(load, 1, "a", 11)));
    table(ORDERS).updateProperties().set("format-version", "3").commit();

    commit(load, sealed);

    assertThat(orders("id", "amount"))
        .containsExactlyInAnyOrder(List.of(1L, 11L), List.of(2L, 20L));
  }

  @Test
  void copiesTakeColumnsOfAnyTypeAlong() {
    nestedColumnsSurvive(2);
  }

  @Test
  void copiesTakeColumnsOfAnyTypeAndRowIdsAlong() {
    assumeThat(missing()).doesNotContain(Capability.FORMAT_V3);

    nestedColumnsSurvive(3);
  }

  private void nestedColumnsSurvive(int format) {
    TestLoad first = version(format, DeleteMode.COPY_ON_WRITE);
    load(first.rows(row(first, 1, "a", 10)));
    Table table = table(ORDERS);
    Types.StructType spot = Types.StructType.of(required(1, "x", Types.DoubleType.get()));
    Types.MapType marks =
        Types.MapType.ofOptional(1, 2, Types.StringType.get(), Types.LongType.get());
    table
        .updateSchema()
        .addColumn("spot", spot)
        .addColumn("words", Types.ListType.ofOptional(1, Types.StringType.get()))
        .addColumn("marks", marks)
        .addColumn("code", Types.FixedType.ofLength(2))
        .commit();
    List<Record> rows = new ArrayList<>();
    for (long id = 2; id <= 5; id++) {
      Record row = GenericRecord.create(table.schema());
      row.setField("id", id);
      row.setField("amount", id * 10);
      if (id != 4) {
        Record point = GenericRecord.create(table.schema().findType("spot").asStructType());
        point.setField("x", id / 2d);
        row.setField("spot", point);
        row.setField("words", Arrays.asList("w" + id, null));
        row.setField("marks", Map.of("m", id));
        row.setField("code", new byte[] {(byte) id, 0});
      }
      rows.add(row);
    }
    table.newAppend().appendFile(ForeignFile.write(table, rows)).commit();
    Map<Object, Object> ids = format < 3 ? Map.of() : TableContent.rowIds(table, "id");

    TestLoad second = version(format, DeleteMode.COPY_ON_WRITE);
    load(second.rows(row(second, 3, "c", 33), row(second, 5, "e", null, true)));

    assertThat(TableContent.texts(table(ORDERS), "id", "amount", "spot", "words", "marks", "code"))
        .containsExactlyInAnyOrder(
            "1 10 null null null null",
            "2 20 Record(1.0) [w2, null] {m=2} [2, 0]",
            "3 33 null null null null",
            "4 40 null null null null");
    if (format > 2) {
      assertThat(ids).containsAllEntriesOf(TableContent.rowIds(table(ORDERS), "id"));
    }
  }

  private void mergeThrice(DeleteMode mode, int version) {
    WriteRules rules = HARD.withDeleteMode(mode);
    TableSchema schema = orders(List.of("id"), version);
    TestLoad first = TestLoad.into(schema, WriteDisposition.MERGE).by(rules);
    load(
        first
            .rows(row(first, 1, "north", 10), row(first, 2, "north", 20), row(first, 3, "b", 30))
            .children(
                LINE_COLUMNS,
                new int[] {0, 1},
                List.of(lineOf("pen", 1, 10), lineOf("ink", 2, 20))));
    TestLoad second = TestLoad.into(schema, WriteDisposition.MERGE).by(rules);
    load(
        second
            .rows(
                row(second, 1, "north", 11),
                row(second, 2, "north", 20),
                row(second, 4, "b", 40),
                row(second, 5, "b", 50))
            .children(
                LINE_COLUMNS,
                new int[] {0, 1},
                List.of(lineOf("pen2", 1, 11), lineOf("ink", 2, 20))));
    TestLoad third = TestLoad.into(schema, WriteDisposition.MERGE).by(rules);

    CommitResult result =
        load(third.rows(row(third, 2, "north", null, true), row(third, 5, "b", 55)));

    assertThat(orders("id", "shop", "amount"))
        .containsExactlyInAnyOrder(
            List.of(1L, "north", 11L),
            List.of(3L, "b", 30L),
            List.of(4L, "b", 40L),
            List.of(5L, "b", 55L));
    assertThat(lines("product")).containsExactly(List.of("pen2"));
    TableOutcome root = result.tables().get(0);
    assertThat(root.deleted()).isEqualTo(1);
    assertThat(root.updated()).isEqualTo(1);
    assertThat(root.total()).isEqualTo(4);
  }

  @Test
  void aDeleteModeThatTheFormatLacksIsRefusedBeforeAnythingIsWritten() {
    TestLoad vectors = merge(WriteRules.DEFAULT.withDeleteMode(DeleteMode.DELETION_VECTORS));

    assertThatThrownBy(() -> stage(vectors.rows(row(vectors, 1, "a", 1))))
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("format version 2, which has no deletion vectors");
  }
}
