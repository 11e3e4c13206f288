package dev.firn.internal.extract;

import dev.firn.source.Key;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The rows of one Arrow batch, as events. Owns the batch. */
final class ArrowRows implements AutoCloseable {
  private final VectorSchemaRoot batch;
  private final Key[] keys;
  private final CellWriter[] cells;
  private int row;

  /**
   * Looks up how each vector is sent.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_SOURCE} naming a vector of a type that no
   *     column has; the batch is then still the caller's
   */
  ArrowRows(VectorSchemaRoot batch) {
    List<FieldVector> vectors = batch.getFieldVectors();
    this.batch = batch;
    this.keys = new Key[vectors.size()];
    this.cells = new CellWriter[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Key.of(vectors.get(i).getName());
      cells[i] = CellWriters.of(vectors.get(i));
    }
  }

  boolean hasNext() {
    return row < batch.getRowCount();
  }

  /** Sends the next row. */
  void next(Walk walk) {
    walk.sink.beginObject();
    for (int i = 0; i < keys.length; i++) {
      walk.sink.key(keys[i]);
      cells[i].write(row, walk);
    }
    walk.sink.endObject();
    row++;
  }

  @Override
  public void close() {
    batch.close();
  }
}
