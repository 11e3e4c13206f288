package dev.firn.iceberg.internal.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Encodes Arrow vectors as Parquet row groups, in memory. An encoder belongs to one thread and
 * keeps its buffers for the next row group: about 12 bytes per row for each kind of column that it
 * met (longs, doubles, texts, ...), and the pages in work.
 */
public final class RowGroupEncoder implements AutoCloseable {
  private final ColumnChunkEncoder columns;
  private final PageBuffer group = new PageBuffer(1 << 20);

  /** An encoder with its own zstd context; close it to free that. */
  public RowGroupEncoder(EncoderSettings settings) {
    columns = new ColumnChunkEncoder(settings);
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
    group.clear();
    List<EncodedColumn> encoded = new ArrayList<>(vectors.size());
    for (FieldVector vector : vectors) {
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
      encoded.add(columns.encode(vector, rows, group));
    }
    int sizeBytes = group.size();
    return new EncodedRowGroup(group.release(), sizeBytes, rows, encoded);
  }

  @Override
  public void close() {
    columns.close();
  }
}
