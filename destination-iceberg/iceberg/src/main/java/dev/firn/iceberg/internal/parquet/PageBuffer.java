package dev.firn.iceberg.internal.parquet;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * A growing byte array that is written in Parquet's little-endian order; also a stream, for Thrift
 * headers.
 */
final class PageBuffer extends OutputStream {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private static final byte[] EMPTY = {};

  private final CRC32 crc = new CRC32();
  private byte[] bytes;
  private int firstCapacity;
  private int size;

  PageBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /**
   * Empties the buffer and gives its content away: as a copy if that is much smaller than the
   * array, else as the array itself, which may be a little longer than the content.
   */
  byte[] release() {
    boolean small = size < bytes.length - (bytes.length >>> 2);
    byte[] content = small ? toByteArray() : bytes;
    if (!small) {
      firstCapacity = bytes.length;
      bytes = EMPTY;
    }
    size = 0;
    return content;
  }

  /** Makes room, so that the next puts of at most {@code more} bytes need no check. */
  void ensure(long more) {
    long needed = size + more;
    if (needed > bytes.length) {
      if (needed > MOST_BYTES) {
        throw new IllegalArgumentException(
            "A row group or page grew beyond 2 GiB; flush row groups earlier.");
      }
      bytes =
          Arrays.copyOf(
              bytes,
              (int)
                  Math.min(
                      MOST_BYTES,
                      Math.max(needed, Math.max(firstCapacity, bytes.length * 3L / 2))));
    }
  }

  /** Counts bytes that were written into {@link #array()} behind the size. */
  void advance(int written) {
    size += written;
  }

  @Override
  public void write(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Appends one byte; the room must be ensured. */
  void putByte(int value) {
    bytes[size++] = (byte) value;
  }

  /** Appends four bytes; the room must be ensured. */
  void putInt(int value) {
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  /** Overwrites four bytes. */
  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  /** Appends eight bytes; the room must be ensured. */
  void putLong(long value) {
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** Appends an unsigned LEB128 number of at most five bytes; the room must be ensured. */
  void putVarint(int value) {
    int rest = value;
    while ((rest & ~127) != 0) {
      putByte((rest & 127) | 128);
      rest >>>= 7;
    }
    putByte(rest);
  }

  void putLongs(long[] values, int from, int to) {
    ensure((long) (to - from) * Long.BYTES);
    ByteBuffer.wrap(bytes, size, bytes.length - size)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .put(values, from, to - from);
    size += (to - from) * Long.BYTES;
  }

  /** Appends memory outside the heap; the room must be ensured. */
  void putMemory(long address, int length) {
    MemoryUtil.copyFromMemory(address, bytes, size, length);
    size += length;
  }

  /**
   * Appends memory outside the heap in whole words, which is faster for short strings: reads and
   * writes up to {@link Bytes#SLACK} bytes behind the end, for which there must be room.
   */
  void putMemoryWithSlack(long address, int length) {
    if (length > 64) {
      putMemory(address, length);
      return;
    }
    for (int i = 0; i < length; i += Long.BYTES) {
      LONG.set(bytes, size + i, MemoryUtil.getLong(address + i));
    }
    size += length;
  }

  /** The CRC-32 of the whole content, as Parquet stores it. */
  int checksum() {
    crc.reset();
    crc.update(bytes, 0, size);
    return (int) crc.getValue();
  }
}
