package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What a table holds, boiled down to counts and checksums that two readers can compare. Rows count
 * in any order, but every value counts in its row and its column.
 *
 * @param rows living rows
 * @param checksum of all rows, 16 hexadecimal digits
 * @param columns by name, top level only; a nested column counts as one value
 */
public record TableDigest(long rows, String checksum, Map<String, ColumnDigest> columns) {

  /**
   * One column of the digest.
   *
   * @param nulls rows without a value
   * @param checksum of the other values, 16 hexadecimal digits
   */
  public record ColumnDigest(long nulls, String checksum) {}

  public TableDigest {
    columns = Map.copyOf(columns);
  }

  /** What Iceberg's own generic reader sees in the current snapshot, in the current schema. */
  public static TableDigest of(Table table) {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      return of(table.schema().columns(), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The digest of rows that a test expects, fields in the order of {@code columns}. */
  public static TableDigest of(List<NestedField> columns, Iterable<Record> rows) {
    Sum whole = new Sum();
    List<Sum> sums = columns.stream().map(column -> new Sum()).toList();
    for (Record row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        String text = ValueText.of(columns.get(i).type(), row.get(i));
        sums.get(i).add(text);
        line.append(i == 0 ? "" : ",").append(text);
      }
      whole.add(line.toString());
    }
    Map<String, ColumnDigest> byName = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Sum sum = sums.get(i);
      byName.put(columns.get(i).name(), new ColumnDigest(sum.nulls, sum.checksum.toString()));
    }
    return new TableDigest(whole.texts, whole.checksum.toString(), byName);
  }

  private static final class Sum {
    private final TextChecksum checksum = new TextChecksum();
    private long texts;
    private long nulls;

    void add(String text) {
      texts++;
      if (text.equals(ValueText.NULL)) {
        nulls++;
      } else {
        checksum.add(text);
      }
    }
  }
}
