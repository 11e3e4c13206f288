package dev.firn.batch;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.TableName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;

/**
 * The 128-bit hash of a row's key: the row's {@code _firn_id}, and what a merge matches rows by.
 * Stored in tables, so it never changes.
 *
 * <p>It is MurmurHash3 x64 128 (Austin Appleby, public domain), seed 0, over 64-bit words: the
 * table's name ({@link TableName#toString}, as a string), then each key value in the order of the
 * key. A value is a word that holds its kind in the lowest byte and above it the number of payload
 * bytes (of a fraction: the scale), then its payload; bytes are packed with the first one lowest,
 * the last word filled up with zeros.
 *
 * <ul>
 *   <li>1 a whole number that fits into a long, whatever its column's type: one word
 *   <li>2 any other number, without trailing zeros behind the point: its unscaled value, two words,
 *       the higher one first
 *   <li>3 string as UTF-8; 4 binary
 *   <li>5 boolean as 0 or 1; 6 date, days since 1970-01-01; 7 time, microseconds; 8 timestamp,
 *       microseconds, with or without zone: one word each
 *   <li>9 uuid: two words, the higher one first
 * </ul>
 *
 * <p>Two different keys of one table meet with a chance of about n²/2¹²⁹ for n rows. The hash does
 * not withstand somebody who makes up colliding strings on purpose.
 *
 * <p>Use: {@link #begin}, an {@code add} for each key value, then {@link #high}, {@link #low} or
 * {@link #id}. Makes no objects, except for numbers beyond 64 bits. For one thread.
 */
public final class KeyHash {
  /** Characters, and bytes, of an {@link #id}. */
  public static final int ID_LENGTH = 22;

  private static final int WHOLE = 1;
  private static final int FRACTION = 2;
  private static final int STRING = 3;
  private static final int BINARY = 4;
  private static final int BOOLEAN = 5;
  private static final int DATE = 6;
  private static final int TIME = 7;
  private static final int TIMESTAMP = 8;
  private static final int UUID_VALUE = 9;

  private static final byte[] ID_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.ISO_8859_1);

  private final TableName table;
  private final Murmur3 words = new Murmur3();
  private final Murmur3 afterTable = new Murmur3();

  /** A hash of keys of one table. */
  public KeyHash(TableName table) {
    this.table = table;
    addString(table.toString());
    afterTable.become(words);
  }

  /** Begins the next key. */
  public void begin() {
    words.become(afterTable);
  }

  /** Adds an int32 or long. */
  public void addLong(long value) {
    words.add(header(WHOLE, Long.BYTES));
    words.add(value);
  }

  /** Adds a decimal; a whole one like the long of the same value. */
  public void addDecimal(BigDecimal value) {
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    addUnscaled(plain.unscaledValue(), plain.scale());
  }

  /**
   * Adds a decimal; a whole one like the long of the same value.
   *
   * @param high the upper half of the unscaled value, in two's complement
   * @param low its lower half
   */
  public void addDecimal(long high, long low, int scale) {
    if (high != low >> 63) {
      BigInteger upper = BigInteger.valueOf(high).shiftLeft(64);
      addUnscaled(upper.add(new BigInteger(Long.toUnsignedString(low))), scale);
      return;
    }
    long unscaled = low;
    int left = scale;
    while (left > 0 && unscaled % 10 == 0) {
      unscaled /= 10;
      left--;
    }
    if (left == 0) {
      addLong(unscaled);
    } else {
      addFraction(unscaled >> 63, unscaled, left);
    }
  }

  private void addUnscaled(BigInteger value, int scale) {
    BigInteger unscaled = value;
    int left = scale;
    while (left > 0) {
      BigInteger[] parts = unscaled.divideAndRemainder(BigInteger.TEN);
      if (parts[1].signum() != 0) {
        break;
      }
      unscaled = parts[0];
      left--;
    }
    if (left == 0 && unscaled.bitLength() < Long.SIZE) {
      addLong(unscaled.longValue());
    } else {
      addFraction(unscaled.shiftRight(Long.SIZE).longValue(), unscaled.longValue(), left);
    }
  }

  private void addFraction(long high, long low, int scale) {
    words.add(header(FRACTION, scale));
    words.add(high);
    words.add(low);
  }

  /** Adds a string. */
  public void addString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    addUtf8(utf8, 0, utf8.length);
  }

  /** Adds a string by its UTF-8 bytes. */
  public void addUtf8(byte[] bytes, int from, int length) {
    words.add(header(STRING, length));
    words.add(bytes, from, length);
  }

  /** Adds a string by its UTF-8 bytes outside the heap. */
  public void addUtf8(long address, int length) {
    words.add(header(STRING, length));
    words.add(address, length);
  }

  /** Adds a binary value. */
  public void addBinary(byte[] bytes, int from, int length) {
    words.add(header(BINARY, length));
    words.add(bytes, from, length);
  }

  /** Adds a binary value that lies outside the heap. */
  public void addBinary(long address, int length) {
    words.add(header(BINARY, length));
    words.add(address, length);
  }

  public void addBoolean(boolean value) {
    words.add(header(BOOLEAN, Long.BYTES));
    words.add(value ? 1 : 0);
  }

  /** Adds a date as days since 1970-01-01. */
  public void addDate(long days) {
    words.add(header(DATE, Long.BYTES));
    words.add(days);
  }

  /** Adds a time as microseconds since midnight. */
  public void addTime(long micros) {
    words.add(header(TIME, Long.BYTES));
    words.add(micros);
  }

  /** Adds a timestamp, with or without zone, as microseconds since the epoch. */
  public void addTimestamp(long micros) {
    words.add(header(TIMESTAMP, Long.BYTES));
    words.add(micros);
  }

  public void addUuid(UUID value) {
    addUuid(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  /** Adds a uuid as its first and last eight bytes, each read with the highest byte first. */
  public void addUuid(long high, long low) {
    words.add(header(UUID_VALUE, 2 * Long.BYTES));
    words.add(high);
    words.add(low);
  }

  /**
   * Adds the value of one row of a key column.
   *
   * @param vector of a type that a {@link Batch} holds
   * @throws FirnException {@code BAD_KEY_VALUE} for a null and for floating point numbers
   */
  public void add(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      throw nullKey(vector.getName());
    }
    long data = vector.getDataBuffer().memoryAddress();
    switch (vector.getMinorType()) {
      case INT -> addLong(MemoryUtil.getInt(data + 4L * row));
      case BIGINT -> addLong(MemoryUtil.getLong(data + 8L * row));
      case DECIMAL -> addDecimal((DecimalVector) vector, row);
      case BIT -> addBoolean(((MemoryUtil.getByte(data + (row >>> 3)) >>> (row & 7)) & 1) != 0);
      case DATEDAY -> addDate(MemoryUtil.getInt(data + 4L * row));
      case TIMEMICRO -> addTime(MemoryUtil.getLong(data + 8L * row));
      case TIMESTAMPMICROTZ, TIMESTAMPMICRO -> addTimestamp(MemoryUtil.getLong(data + 8L * row));
      case VARCHAR -> {
        long offsets = vector.getOffsetBuffer().memoryAddress();
        int from = offset(offsets, row);
        addUtf8(data + from, offset(offsets, row + 1) - from);
      }
      case VARBINARY -> {
        long offsets = vector.getOffsetBuffer().memoryAddress();
        int from = offset(offsets, row);
        addBinary(data + from, offset(offsets, row + 1) - from);
      }
      case FIXEDSIZEBINARY ->
          addUuid(
              Long.reverseBytes(MemoryUtil.getLong(data + 16L * row)),
              Long.reverseBytes(MemoryUtil.getLong(data + 16L * row + Long.BYTES)));
      default ->
          throw badType(vector.getName(), vector.getMinorType().name().toLowerCase(Locale.ROOT));
    }
  }

  private static int offset(long offsets, int row) {
    return MemoryUtil.getInt(offsets + (long) BaseVariableWidthVector.OFFSET_WIDTH * row);
  }

  private void addDecimal(DecimalVector vector, int row) {
    long at = vector.getDataBuffer().memoryAddress() + 16L * row;
    addDecimal(MemoryUtil.getLong(at + Long.BYTES), MemoryUtil.getLong(at), vector.getScale());
  }

  private static long header(int kind, int measure) {
    return kind | ((long) measure << 8);
  }

  /** The first 64 bits. */
  public long high() {
    words.finish();
    return words.high();
  }

  /** The last 64 bits. */
  public long low() {
    words.finish();
    return words.low();
  }

  /** The hash as {@value #ID_LENGTH} characters of base64url. */
  public String id() {
    byte[] text = new byte[ID_LENGTH];
    writeId(text, 0);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Writes {@link #id} as {@value #ID_LENGTH} bytes. */
  public void writeId(byte[] out, int at) {
    long high = high();
    long low = low();
    for (int i = 0; i < 10; i++) {
      out[at + i] = ID_DIGITS[(int) (high >>> (58 - 6 * i)) & 63];
    }
    out[at + 10] = ID_DIGITS[(int) ((high << 2) | (low >>> 62)) & 63];
    for (int i = 0; i < 10; i++) {
      out[at + 11 + i] = ID_DIGITS[(int) (low >>> (56 - 6 * i)) & 63];
    }
    out[at + 21] = ID_DIGITS[(int) (low << 4) & 63];
  }

  /** The error for a null in a key column of this table. */
  public FirnException nullKey(String column) {
    return new FirnException(
        ErrorCode.BAD_KEY_VALUE,
        "Table %s: key column '%s' is null.".formatted(table, column),
        "Give every record a value there, or choose another key.");
  }

  /** The error for a key column of this table whose type cannot be a key. */
  public FirnException badType(String column, String type) {
    return new FirnException(
        ErrorCode.BAD_KEY_VALUE,
        "Table %s: key column '%s' is of type %s, which cannot be compared exactly."
            .formatted(table, column, type),
        "Use a key of integers, decimals, strings, dates, times, uuids or booleans.");
  }
}
