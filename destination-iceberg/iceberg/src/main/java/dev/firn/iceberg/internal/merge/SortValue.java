package dev.firn.iceberg.internal.merge;

import java.util.Arrays;
import org.apache.iceberg.types.Type;

/**
 * A value of any primitive type, as it sorts among those of its column. Null sorts below all.
 *
 * @param kind 0 for null, which compares with every other one
 * @param number of a value that is a long
 * @param bytes of any other, to be compared as unsigned ones
 */
@SuppressWarnings("ArrayRecordComponent") // only compared by compareTo
record SortValue(int kind, long number, byte[] bytes) {
  private static final byte[] NO_BYTES = {};
  static final SortValue NULL = new SortValue(0, 0, NO_BYTES);

  static SortValue of(ReadColumn column, int row) {
    if (column.isNull(row)) {
      return NULL;
    }
    Type.TypeID type = column.type().typeId();
    if (!ReadColumn.isLong(column.type())) {
      byte[] bytes = column.copyOfBytes(row);
      if (type == Type.TypeID.DECIMAL) {
        bytes[0] ^= (byte) 0x80; // negative ones first
      }
      return new SortValue(1, 0, bytes);
    }
    long value = column.longs()[row];
    return switch (type) {
      case FLOAT -> new SortValue(1, ordered(Float.intBitsToFloat((int) value)), NO_BYTES);
      case DOUBLE -> new SortValue(1, ordered(Double.longBitsToDouble(value)), NO_BYTES);
      default -> new SortValue(1, value, NO_BYTES);
    };
  }

  /** A long that orders doubles as {@link Double#compare} does. */
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  int compareTo(SortValue other) {
    if (kind != other.kind) {
      return Integer.compare(kind, other.kind);
    }
    int numbers = Long.compare(number, other.number);
    return numbers != 0 ? numbers : Arrays.compareUnsigned(bytes, other.bytes);
  }

  /**
   * Whether this wins over another one, or is as good.
   *
   * @param least whether the least value wins
   */
  int against(SortValue other, boolean least) {
    if (kind == 0 || other.kind == 0) {
      return Integer.compare(kind, other.kind);
    }
    return least ? other.compareTo(this) : compareTo(other);
  }
}
