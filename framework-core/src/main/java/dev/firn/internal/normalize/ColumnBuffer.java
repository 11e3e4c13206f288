package dev.firn.internal.normalize;

import dev.firn.schema.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * The values of one column in Arrow's layout. Rows are set in ascending order; rows that are
 * skipped are null.
 *
 * <p>Writes go to raw addresses because this is the innermost loop of every load; the row is always
 * below what {@link #mark} reserved.
 */
final class ColumnBuffer implements AutoCloseable {
  private final Buffer validity;
  private final Buffer data;
  private final Buffer offsets;
  private DataType type;
  private Layout layout;
  private int end;
  private int lastRow = -1;
  private int nonNull;

  ColumnBuffer(BufferAllocator allocator, DataType type) {
    this.validity = new Buffer(allocator, true);
    this.data = new Buffer(allocator, true);
    this.offsets = new Buffer(allocator, true);
    this.type = type;
    this.layout = Layout.of(type);
  }

  DataType type() {
    return type;
  }

  int nonNull() {
    return nonNull;
  }

  /** The last row that has a value; -1 without any. */
  int lastRow() {
    return lastRow;
  }

  /** Bytes in use, roughly. */
  long bytes() {
    long values = layout == Layout.VARIABLE ? end + 4L * lastRow : (long) layout.width() * lastRow;
    return values + (lastRow >> 3);
  }

  private void mark(int row) {
    validity.reserve((row >> 3) + 1L);
    long at = validity.address + (row >> 3);
    MemoryUtil.putByte(at, (byte) (MemoryUtil.getByte(at) | 1 << (row & 7)));
    lastRow = row;
    nonNull++;
  }

  boolean has(int row) {
    return row <= lastRow
        && (MemoryUtil.getByte(validity.address + (row >> 3)) >> (row & 7) & 1) != 0;
  }

  void putBoolean(int row, boolean value) {
    mark(row);
    data.reserve((row >> 3) + 1L);
    if (value) {
      long at = data.address + (row >> 3);
      MemoryUtil.putByte(at, (byte) (MemoryUtil.getByte(at) | 1 << (row & 7)));
    }
  }

  void putInt(int row, int value) {
    mark(row);
    data.reserve((row + 1L) * 4);
    MemoryUtil.putInt(data.address + row * 4L, value);
  }

  void putLong(int row, long value) {
    mark(row);
    data.reserve((row + 1L) * 8);
    MemoryUtil.putLong(data.address + row * 8L, value);
  }

  void putDouble(int row, double value) {
    putLong(row, Double.doubleToRawLongBits(value));
  }

  /** Sixteen bytes, the lower eight first. */
  private void putWide(int row, long low, long high) {
    mark(row);
    data.reserve((row + 1L) * 16);
    MemoryUtil.putLong(data.address + row * 16L, low);
    MemoryUtil.putLong(data.address + row * 16L + 8, high);
  }

  /** A decimal that already has this column's scale and fits its precision. */
  void putDecimal(int row, BigDecimal value) {
    BigInteger unscaled = value.unscaledValue();
    putWide(row, unscaled.longValue(), unscaled.shiftRight(64).longValue());
  }

  void putUuid(int row, UUID value) {
    putWide(
        row,
        Long.reverseBytes(value.getMostSignificantBits()),
        Long.reverseBytes(value.getLeastSignificantBits()));
  }

  void putBytes(int row, byte[] bytes, int from, int to) {
    offsets.reserve((row + 2L) * 4);
    padOffsets(row);
    int length = to - from;
    data.reserve((long) end + length + 8);
    copy(bytes, from, length, data.address + end);
    end += length;
    MemoryUtil.putInt(offsets.address + (row + 1) * 4L, end);
    mark(row);
  }

  /**
   * Short strings dominate, and a call of the general copy costs as much as copying 40 bytes this
   * way.
   */
  private static void copy(byte[] bytes, int from, int length, long target) {
    if (length > 48) {
      MemoryUtil.copyToMemory(bytes, from, target, length);
      return;
    }
    int at = 0;
    for (; at + 8 <= length; at += 8) {
      MemoryUtil.putLong(target + at, MemoryUtil.getLong(bytes, from + at));
    }
    for (; at < length; at++) {
      MemoryUtil.putByte(target + at, bytes[from + at]);
    }
  }

  private void padOffsets(int row) {
    for (int i = lastRow + 2; i <= row; i++) {
      MemoryUtil.putInt(offsets.address + i * 4L, end);
    }
  }

  long longAt(int row) {
    return MemoryUtil.getLong(data.address + row * 8L);
  }

  boolean booleanAt(int row) {
    return (MemoryUtil.getByte(data.address + (row >> 3)) >> (row & 7) & 1) != 0;
  }

  int intAt(int row) {
    return MemoryUtil.getInt(data.address + row * 4L);
  }

  byte[] bytesAt(int row) {
    int from = MemoryUtil.getInt(offsets.address + row * 4L);
    byte[] bytes = new byte[MemoryUtil.getInt(offsets.address + row * 4L + 4) - from];
    MemoryUtil.copyFromMemory(data.address + from, bytes, 0, bytes.length);
    return bytes;
  }

  /** Copies a value of variable width. */
  void read(int row, StoredText into) {
    int from = MemoryUtil.getInt(offsets.address + row * 4L);
    int length = MemoryUtil.getInt(offsets.address + row * 4L + 4) - from;
    MemoryUtil.copyFromMemory(data.address + from, into.reserve(length), 0, length);
  }

  BigDecimal decimalAt(int row, int scale) {
    long at = data.address + row * 16L;
    BigInteger high = BigInteger.valueOf(MemoryUtil.getLong(at + 8)).shiftLeft(64);
    BigInteger low = new BigInteger(Long.toUnsignedString(MemoryUtil.getLong(at)));
    return new BigDecimal(high.or(low), scale);
  }

  UUID uuidAt(int row) {
    long at = data.address + row * 16L;
    return new UUID(
        Long.reverseBytes(MemoryUtil.getLong(at)), Long.reverseBytes(MemoryUtil.getLong(at + 8)));
  }

  /** A hash of the stored value. */
  long hashAt(int row) {
    return switch (layout) {
      case BIT -> RowHash.of((MemoryUtil.getByte(data.address + (row >> 3)) >> (row & 7) & 1) != 0);
      case INT -> RowHash.of((long) intAt(row));
      case LONG -> RowHash.of(longAt(row));
      case WIDE -> {
        long at = data.address + row * 16L;
        yield RowHash.mix(MemoryUtil.getLong(at)) ^ MemoryUtil.getLong(at + 8);
      }
      case VARIABLE -> {
        byte[] bytes = bytesAt(row);
        yield RowHash.of(bytes, 0, bytes.length);
      }
    };
  }

  /** Takes back all values from row {@code rows} on. */
  void truncate(int rows) {
    while (lastRow >= rows) {
      if (has(lastRow)) {
        forget(lastRow);
      }
      lastRow--;
    }
    while (lastRow >= 0 && !has(lastRow)) {
      lastRow--;
    }
    if (layout == Layout.VARIABLE) {
      end = lastRow < 0 ? 0 : MemoryUtil.getInt(offsets.address + (lastRow + 1) * 4L);
    }
  }

  private void forget(int row) {
    long at = validity.address + (row >> 3);
    int keep = ~(1 << (row & 7));
    MemoryUtil.putByte(at, (byte) (MemoryUtil.getByte(at) & keep));
    if (layout == Layout.BIT) {
      long bit = data.address + (row >> 3);
      MemoryUtil.putByte(bit, (byte) (MemoryUtil.getByte(bit) & keep));
    } else if (layout != Layout.VARIABLE) {
      MemoryUtil.setMemory(data.address + (long) row * layout.width(), layout.width(), (byte) 0);
    }
    nonNull--;
  }

  /**
   * A vector of the first {@code rows} rows that shares this memory; close it before the next write
   * here.
   */
  FieldVector vector(String name, int rows, BufferAllocator allocator) {
    FieldVector vector = Layout.field(name, type).createVector(allocator);
    List<ArrowBuf> buffers = new ArrayList<>(3);
    buffers.add(validity.slice((rows + 7L) / 8));
    if (layout == Layout.VARIABLE) {
      offsets.reserve((rows + 1L) * 4);
      padOffsets(rows);
      buffers.add(offsets.slice((rows + 1L) * 4));
      buffers.add(data.slice(end));
    } else {
      buffers.add(
          data.slice(layout == Layout.BIT ? (rows + 7L) / 8 : (long) rows * layout.width()));
    }
    vector.loadFieldBuffers(new ArrowFieldNode(rows, rows - nonNull), buffers);
    return vector;
  }

  /** Empties the column and, from now on, holds values of another type; keeps its memory. */
  void reset(DataType next) {
    validity.clear((lastRow >> 3) + 1L);
    if (layout == Layout.VARIABLE) {
      offsets.clear(4);
    } else {
      data.clear(layout == Layout.BIT ? (lastRow >> 3) + 1L : (lastRow + 1L) * layout.width());
    }
    type = next;
    if (layout != Layout.of(next)) {
      data.close();
      layout = Layout.of(next);
    }
    end = 0;
    lastRow = -1;
    nonNull = 0;
  }

  @Override
  public void close() {
    validity.close();
    data.close();
    offsets.close();
  }
}
