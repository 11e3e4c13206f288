package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.iceberg.CatalogProvider;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Merges into tables of format version 3, which take deletion vectors only. */
class VectorMergeTest extends DestinationFixture {
  private static final TableSchema KEYED =
      new TableSchema(
          ORDERS,
          List.of(
              Column.required("id", DataType.Simple.LONG),
              Column.of("name", DataType.Simple.STRING),
              Column.of(SystemColumns.LOAD_ID, DataType.Simple.STRING),
              Column.of(SystemColumns.ROW_HASH, DataType.Simple.LONG)),
          List.of("id"),
          List.of());

  @Override
  protected CatalogProvider provider() {
    return new JdbcCatalogTest().provider();
  }

  @Test
  void oneVectorADataFileHoldsAllThatMergesDelete() throws Exception {
    merge(row(1, "ada"), row(2, "bob"), row(3, "cyn"), row(4, "dan"));
    merge(row(1, "ADA")); // leaves a position delete of version 2
    table(ORDERS).updateProperties().set("format-version", "3").commit();
    merge(row(2, "BOB"), row(3, "cyn"), row(5, "eve"), row(6, "fay"));

    merge(row(4, "DAN"), row(5, "EVE"));

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(
            List.of(1L, "ADA"),
            List.of(2L, "BOB"),
            List.of(3L, "cyn"),
            List.of(4L, "DAN"),
            List.of(5L, "EVE"),
            List.of(6L, "fay"));
    List<FileFormat> deletes = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table(ORDERS).newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        assertThat(task.deletes()).hasSizeLessThanOrEqualTo(1);
        task.deletes().forEach(delete -> deletes.add(delete.format()));
      }
    }
    assertThat(deletes).hasSize(2).containsOnly(FileFormat.PUFFIN);
  }

  @SafeVarargs
  private void merge(List<@Nullable Object>... rows) {
    load(TestLoad.into(KEYED, WriteDisposition.MERGE).rows(rows));
  }

  private static List<@Nullable Object> row(long id, String name) {
    return Arrays.asList(id, name, "load", (long) name.hashCode());
  }
}
