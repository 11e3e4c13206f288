package dev.firn.iceberg.internal.stage;

import dev.firn.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Copies of chosen rows of a batch, without the columns that are null in all of them; closed by
 * whoever made it.
 */
final class GatheredRows implements AutoCloseable {
  private final List<FieldVector> vectors = new ArrayList<>();

  GatheredRows(Batch batch, int[] rows) {
    try {
      batch.vectors().forEach(vector -> add(gather(vector, rows)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  List<FieldVector> vectors() {
    return vectors;
  }

  private void add(FieldVector vector) {
    if (vector.getField().isNullable() && vector.getNullCount() == vector.getValueCount()) {
      vector.close();
    } else {
      vectors.add(vector);
    }
  }

  private static FieldVector gather(FieldVector from, int[] rows) {
    FieldVector to = from.getField().createVector(from.getAllocator());
    try {
      to.setInitialCapacity(rows.length);
      for (int i = 0; i < rows.length; i++) {
        to.copyFromSafe(rows[i], i, from);
      }
      to.setValueCount(rows.length);
      return to;
    } catch (RuntimeException e) {
      to.close();
      throw e;
    }
  }

  @Override
  public void close() {
    vectors.forEach(FieldVector::close);
  }
}
