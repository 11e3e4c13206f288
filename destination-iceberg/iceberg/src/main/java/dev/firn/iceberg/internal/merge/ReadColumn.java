package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The values of one column in some consecutive rows. Booleans, integers, dates, times, timestamps
 * and decimals of up to 18 digits are longs, floating point numbers the bits of one; all others are
 * bytes, a longer decimal its 16 bytes with the highest one first.
 *
 * @param type as the table has it
 * @param nulls tells which rows hold no value
 * @param longs a value a row, or empty
 * @param bytes the values of all rows behind each other, or empty
 * @param offsets where each row's bytes begin, and where the last one's end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReadColumn(Type type, IntPredicate nulls, long[] longs, byte[] bytes, int[] offsets) {
  private static final long[] NO_LONGS = {};
  private static final byte[] NO_BYTES = {};
  private static final int[] NO_OFFSETS = {};

  static ReadColumn ofLongs(Type type, IntPredicate nulls, long[] longs) {
    return new ReadColumn(type, nulls, longs, NO_BYTES, NO_OFFSETS);
  }

  static ReadColumn ofBytes(Type type, IntPredicate nulls, byte[] bytes, int[] offsets) {
    return new ReadColumn(type, nulls, NO_LONGS, bytes, offsets);
  }

  /** Whether values of a type are longs here; else they are bytes. */
  static boolean isLong(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DATE, TIME, TIMESTAMP -> true;
      case DECIMAL -> ((Types.DecimalType) type).precision() <= 18;
      default -> false;
    };
  }

  boolean isNull(int row) {
    return nulls.test(row);
  }

  int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  byte[] copyOfBytes(int row) {
    return Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]);
  }

  /** Bytes of a row's value. */
  int size(int row) {
    return longs.length > 0 ? Long.BYTES : length(row);
  }

  /** A row's string. */
  String text(int row) {
    return new String(bytes, offsets[row], length(row), StandardCharsets.UTF_8);
  }

  /** Eight of a row's bytes as a number, the highest one first. */
  long word(int row, int at) {
    long word = 0;
    for (int i = offsets[row] + at, end = i + Long.BYTES; i < end; i++) {
      word = (word << 8) | (bytes[i] & 0xFF);
    }
    return word;
  }

  /** Adds a row's value, which is not null, to a hash. */
  void addTo(KeyHash hash, int row) {
    switch (type.typeId()) {
      case INTEGER, LONG -> hash.addLong(longs[row]);
      case STRING -> hash.addUtf8(bytes, offsets[row], length(row));
      case BOOLEAN -> hash.addBoolean(longs[row] != 0);
      case DATE -> hash.addDate(longs[row]);
      case TIME -> hash.addTime(longs[row]);
      case TIMESTAMP -> hash.addTimestamp(longs[row]);
      case UUID -> hash.addUuid(word(row, 0), word(row, Long.BYTES));
      case BINARY -> hash.addBinary(bytes, offsets[row], length(row));
      case DECIMAL -> {
        int scale = ((Types.DecimalType) type).scale();
        if (longs.length > 0) {
          hash.addDecimal(longs[row] >> 63, longs[row], scale);
        } else {
          hash.addDecimal(word(row, 0), word(row, Long.BYTES), scale);
        }
      }
      default -> throw new IllegalArgumentException(type + " is no type of a key.");
    }
  }

  /**
   * A long that never falls as values rise; equal for equal values. Text ranks by its first eight
   * bytes, decimals by what is before the point. Types whose order nobody relies on rank as 0.
   */
  long rank(int row) {
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE, TIME, TIMESTAMP -> longs[row];
      case STRING, BINARY -> KeyRanks.prefix(bytes, offsets[row], length(row));
      case DECIMAL -> {
        int scale = ((Types.DecimalType) type).scale();
        yield longs.length > 0
            ? KeyRanks.whole(longs[row] >> 63, longs[row], scale)
            : KeyRanks.whole(word(row, 0), word(row, Long.BYTES), scale);
      }
      default -> 0;
    };
  }
}
