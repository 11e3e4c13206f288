package dev.firn.iceberg.internal.parquet;

import java.util.Arrays;

/**
 * One column of a batch of a {@link ColumnScan}. The arrays belong to the scan: they are filled
 * anew by each {@link ColumnScan#next}, and what lies behind the batch's rows, or in a null row,
 * means nothing.
 */
public abstract sealed class ScannedColumn {
  private long[] nulls = new long[0];
  private int nullCount;

  /** Whether a row of the batch holds no value. */
  public final boolean isNull(int row) {
    return nullCount > 0 && (nulls[row >>> 6] >>> row & 1) != 0;
  }

  /** Rows of the batch that hold no value. */
  public final int nullCount() {
    return nullCount;
  }

  /** Bytes that the values of the first rows take. */
  long bytes(int rows) {
    return (long) rows * Long.BYTES;
  }

  final void setNull(int row) {
    nulls[row >>> 6] |= 1L << row;
    nullCount++;
  }

  /** Forgets the previous batch. */
  void start(int rows) {
    int words = (rows + 63) >>> 6;
    if (nulls.length < words) {
      nulls = new long[words];
    } else if (nullCount > 0) {
      Arrays.fill(nulls, 0);
    }
    nullCount = 0;
  }

  /**
   * Booleans as 0 and 1, integers, dates as days, times and timestamps as microseconds, decimals of
   * up to 18 digits unscaled.
   */
  public static final class Longs extends ScannedColumn {
    private long[] values = new long[0];

    /** One value per row. */
    public long[] values() {
      return values;
    }

    @Override
    void start(int rows) {
      super.start(rows);
      if (values.length < rows) {
        values = new long[rows];
      }
    }
  }

  /** Floats and doubles. */
  public static final class Doubles extends ScannedColumn {
    private double[] values = new double[0];

    /** One value per row. */
    public double[] values() {
      return values;
    }

    @Override
    void start(int rows) {
      super.start(rows);
      if (values.length < rows) {
        values = new double[rows];
      }
    }
  }

  /**
   * Strings in UTF-8, binaries, uuids; decimals of more than 18 digits as 16 bytes, highest first.
   */
  public static final class Slices extends ScannedColumn {
    private byte[] bytes = new byte[0];
    private int[] offsets = new int[1];
    private int rows;

    /** The values of all rows behind each other. */
    public byte[] bytes() {
      return bytes;
    }

    /**
     * The value of row {@code i} lies from {@code offsets[i]} to {@code offsets[i + 1]}; a null row
     * has length 0.
     */
    public int[] offsets() {
      return offsets;
    }

    @Override
    long bytes(int count) {
      return offsets[count];
    }

    @Override
    void start(int batchRows) {
      super.start(batchRows);
      rows = 0;
      if (offsets.length <= batchRows) {
        offsets = new int[batchRows + 1];
      }
    }

    /**
     * Makes room for a value of the next row; its first byte goes to the returned index of {@link
     * #bytes()}.
     */
    int append(int length) {
      int start = offsets[rows];
      long end = (long) start + length;
      if (end > bytes.length) {
        bytes =
            Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(end, 2 * end)));
      }
      offsets[++rows] = (int) end;
      return start;
    }
  }
}
