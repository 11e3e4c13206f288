package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A table's rows as Iceberg's own generic reader sees them. */
public final class TableContent {
  private TableContent() {}

  /** The id that format version 3 gives each row, by the value of a column. */
  public static Map<Object, Object> rowIds(Table table, String key) {
    return lineage(table, key, MetadataColumns.ROW_ID);
  }

  /** The sequence number of each row's last change, by the value of a column. */
  public static Map<Object, Object> lastChanges(Table table, String key) {
    return lineage(table, key, MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER);
  }

  private static Map<Object, Object> lineage(Table table, String key, Types.NestedField told) {
    Map<Object, Object> byKey = new HashMap<>();
    Schema columns = new Schema(table.schema().findField(key), told);
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).project(columns).build()) {
      for (Record each : records) {
        byKey.put(each.getField(key), each.getField(told.name()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return byKey;
  }

  /** The values of the columns named as one text a row. */
  static List<String> texts(Table table, String... columns) {
    return rows(table, columns).stream()
        .map(row -> row.stream().map(TableContent::text).collect(Collectors.joining(" ")))
        .toList();
  }

  private static String text(@Nullable Object value) {
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
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
