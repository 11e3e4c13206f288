package dev.firn.batch;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;

/**
 * Rows of one table: one Arrow vector a column, all of the same length, named as the table's
 * columns are.
 *
 * <p>Types: boolean Bit, int32 Int, long BigInt, float Float4, double Float8, decimal Decimal (128
 * bits), date DateDay, time TimeMicro, timestamp TimeStampMicroTZ (UTC), timestamp_ntz
 * TimeStampMicro, string and json VarChar, binary VarBinary, uuid FixedSizeBinary(16). Off-heap;
 * whoever owns the batch closes it. Vectors may be read by several threads, never changed.
 */
public final class Batch implements AutoCloseable {
  private final TableName table;
  private final List<FieldVector> vectors;
  private final int rows;

  /** Takes ownership of the vectors. */
  public Batch(TableName table, List<FieldVector> vectors, int rows) {
    this.table = table;
    this.vectors = List.copyOf(vectors);
    this.rows = rows;
    for (FieldVector vector : vectors) {
      if (vector.getValueCount() != rows) {
        throw new FirnException(
            ErrorCode.BUG,
            "Table %s: column '%s' has %d values in a batch of %d rows."
                .formatted(table, vector.getName(), vector.getValueCount(), rows),
            "Please report this.");
      }
    }
  }

  public TableName table() {
    return table;
  }

  public int rows() {
    return rows;
  }

  /** The vectors in column order. */
  public List<FieldVector> vectors() {
    return vectors;
  }

  /** The vector of the column of exactly this name. */
  public Optional<FieldVector> vector(String column) {
    for (FieldVector vector : vectors) {
      if (vector.getName().equals(column)) {
        return Optional.of(vector);
      }
    }
    return Optional.empty();
  }

  /** Bytes held by the vectors. */
  public long bytes() {
    long sum = 0;
    for (FieldVector vector : vectors) {
      sum += vector.getBufferSize();
    }
    return sum;
  }

  @Override
  public void close() {
    vectors.forEach(FieldVector::close);
  }
}
