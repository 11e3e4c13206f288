package dev.firn.iceberg.internal.parquet;

import java.util.Arrays;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;

/**
 * Values of up to 16 bytes that Parquet stores with the highest byte first: uuids and decimals of
 * more than 18 digits. Each is two longs.
 */
final class WideValues extends ColumnValues {
  static final int WIDTH = 16;

  private final boolean decimal;

  /** Bytes of a value in the file: 16 for a uuid, for a decimal what its precision needs. */
  private int width = WIDTH;

  private long[] highs = new long[0];
  private long[] lows = new long[0];
  private int[] firstValues = new int[1 << 8];
  private int[] slots = new int[1 << 10];
  private int slotCount;

  WideValues(boolean decimal) {
    this.decimal = decimal;
  }

  void setWidth(int bytes) {
    width = bytes;
  }

  @Override
  void load(FieldVector vector, Presence presence) {
    count = presence.present();
    if (highs.length < count) {
      highs = new long[count];
      lows = new long[count];
    }
    long address = vector.getDataBuffer().memoryAddress();
    int[] rows = presence.presentRows();
    for (int k = 0; k < count; k++) {
      long at = address + (long) WIDTH * (presence.complete() ? k : rows[k]);
      long first = MemoryUtil.getLong(at);
      long second = MemoryUtil.getLong(at + Long.BYTES);
      // Arrow keeps decimals as little-endian numbers, uuids as bytes in order.
      highs[k] = decimal ? second : Long.reverseBytes(first);
      lows[k] = decimal ? first : Long.reverseBytes(second);
    }
  }

  @Override
  boolean code() {
    startCoding();
    slotCount = 1 << 10;
    Arrays.fill(slots, 0, slotCount, 0);
    for (int k = 0; k < count; k++) {
      int slot = slot(k);
      int entry = slots[slot] - 1;
      if (entry < 0) {
        if (tooManyEntries(entries, (long) entries * width, k)) {
          return false;
        }
        entry = add(k, slot);
      }
      indexes[k] = entry;
    }
    return pays((long) entries * width, (long) count * width);
  }

  private int slot(int value) {
    long mixed = (highs[value] * 0x9E3779B97F4A7C15L ^ lows[value]) * 0xD6E8FEB86659FD93L;
    int mask = slotCount - 1;
    int slot = (int) (mixed >>> 32 ^ mixed >>> 47) & mask;
    while (slots[slot] != 0 && !same(firstValues[slots[slot] - 1], value)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean same(int left, int right) {
    return lows[left] == lows[right] && highs[left] == highs[right];
  }

  private int add(int value, int slot) {
    if (entries == firstValues.length) {
      firstValues = Arrays.copyOf(firstValues, 2 * entries);
    }
    firstValues[entries++] = value;
    slots[slot] = entries;
    if (entries * 2 > slotCount) {
      slotCount *= 4;
      slots = new int[slotCount];
      for (int entry = 0; entry < entries; entry++) {
        slots[slot(firstValues[entry])] = entry + 1;
      }
    }
    return entries - 1;
  }

  @Override
  void putDictionary(PageBuffer page) {
    for (int entry = 0; entry < entries; entry++) {
      putPlain(page, firstValues[entry], firstValues[entry] + 1);
    }
  }

  @Override
  void putPlain(PageBuffer page, int from, int to) {
    page.ensure((long) (to - from) * width);
    for (int k = from; k < to; k++) {
      for (int b = width - 1; b >= 0; b--) {
        page.putByte(
            (int) (b >= Long.BYTES ? highs[k] >>> (8 * (b - Long.BYTES)) : lows[k] >>> (8 * b)));
      }
    }
  }

  @Override
  void bound(Statistics<?> statistics, int from, int to) {
    if (from == to) {
      return;
    }
    int least = from;
    int greatest = from;
    for (int k = from + 1; k < to; k++) {
      least = compare(k, least) < 0 ? k : least;
      greatest = compare(k, greatest) > 0 ? k : greatest;
    }
    statistics.updateStats(binary(least));
    statistics.updateStats(binary(greatest));
  }

  @Override
  void boundCoded(Statistics<?> statistics, int from, int to) {
    bound(statistics, from, to);
  }

  private int compare(int left, int right) {
    int high =
        decimal
            ? Long.compare(highs[left], highs[right])
            : Long.compareUnsigned(highs[left], highs[right]);
    return high != 0 ? high : Long.compareUnsigned(lows[left], lows[right]);
  }

  @Override
  void fill(BloomFilter filter, boolean coded) {
    int end = coded ? entries : count;
    for (int k = 0; k < end; k++) {
      filter.insertHash(filter.hash(binary(coded ? firstValues[k] : k)));
    }
  }

  private Binary binary(int value) {
    PageBuffer bytes = new PageBuffer(width);
    putPlain(bytes, value, value + 1);
    return Binary.fromConstantByteArray(bytes.toByteArray());
  }
}
