package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** A table's rows as Iceberg's own generic reader sees them. */
public final class TableContent {
  private TableContent() {}

  /** The id that format version 3 gives each row, by the value of a column. */
  public static Map<Object, Object> rowIds(Table table, String key) {
    Map<Object, Object> ids = new HashMap<>();
    Schema columns = new Schema(table.schema().findField(key), MetadataColumns.ROW_ID);
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).project(columns).build()) {
      for (Record each : records) {
        ids.put(each.getField(key), each.getField(MetadataColumns.ROW_ID.name()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ids;
  }

  /** The values of the columns named, row by row. */
  public static List<List<@Nullable Object>> rows(Table table, String... columns) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record each : records) {
        List<@Nullable Object> row = new ArrayList<>();
        for (String column : columns) {
          row.add(each.getField(column));
        }
        rows.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
