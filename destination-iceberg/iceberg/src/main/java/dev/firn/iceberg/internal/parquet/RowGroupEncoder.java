package dev.firn.iceberg.internal.parquet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Encodes Arrow vectors as Parquet row groups, in memory. An encoder belongs to one thread and
 * keeps its buffers for the next row group: about 12 bytes per row for each kind of column that it
 * met (longs, doubles, texts, ...), and the pages in work.
 */
public final class RowGroupEncoder implements AutoCloseable {
  private final ColumnChunkEncoder chunks;
  private final PageBuffer group = new PageBuffer(1 << 20);

  /** An encoder with its own zstd context; close it to free that. */
  public RowGroupEncoder(EncoderSettings settings) {
    chunks = new ColumnChunkEncoder(settings);
  }

  /**
   * Encodes the first {@code rows} rows of flat vectors; field ids are not needed yet. The vectors
   * are only read, and not after the return.
   *
   * @param vectors one per column, named by its field, nullable or required as its field says, each
   *     with at least {@code rows} values
   * @param rows at least 1
   * @throws IllegalArgumentException if a required column holds a null or a type has no encoder,
   *     naming the column
   */
  public EncodedRowGroup encode(List<FieldVector> vectors, int rows) {
    return encode(vectors.stream().map(FieldVector::getField).toList(), vectors, rows);
  }

  /**
   * Encodes the first {@code rows} rows as the columns of an open file. A column that no vector is
   * named for is null in every row.
   *
   * @param columns the file's, in its order; with the type of the vector that has its name
   * @param vectors as above, in any order, all of them among the columns
   * @throws IllegalArgumentException as above, and if a required column has no vector
   */
  public EncodedRowGroup encode(List<Field> columns, List<FieldVector> vectors, int rows) {
    Map<String, FieldVector> byName = new HashMap<>();
    vectors.forEach(vector -> byName.put(vector.getName(), vector));
    group.clear();
    List<EncodedColumn> encoded = new ArrayList<>(columns.size());
    for (Field column : columns) {
      FieldVector vector = byName.get(column.getName());
      encoded.add(
          vector == null
              ? chunks.encodeAbsent(column, rows, group)
              : chunks.encode(checked(vector, rows), rows, group));
    }
    int sizeBytes = group.size();
    return new EncodedRowGroup(group.release(), sizeBytes, rows, encoded);
  }

  private static FieldVector checked(FieldVector vector, int rows) {
    if (rows < 1 || vector.getValueCount() < rows) {
      throw new IllegalArgumentException(
          "Column '"
              + vector.getName()
              + "' has "
              + vector.getValueCount()
              + " values for "
              + rows
              + " rows.");
    }
    return vector;
  }

  @Override
  public void close() {
    chunks.close();
  }
}
