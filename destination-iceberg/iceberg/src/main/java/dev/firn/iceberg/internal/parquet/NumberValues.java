package dev.firn.iceberg.internal.parquet;

import java.util.Arrays;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;

/**
 * Values of four or eight bytes, held as longs: integers with their sign, floating point numbers as
 * their bits.
 */
final class NumberValues extends ColumnValues {
  /** What the bits mean. */
  enum Kind {
    INT(4),
    LONG(8),
    FLOAT(4),
    DOUBLE(8);

    final int width;

    Kind(int width) {
      this.width = width;
    }
  }

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final Kind kind;
  private final int stride;
  private long[] values = new long[0];
  private long[] dictionary = new long[1 << 8];
  private int[] slots = new int[1 << 10];
  private int slotCount;

  /**
   * Reads vectors whose values lie {@code stride} bytes apart: a decimal of Arrow takes 16, of
   * which the low bytes count.
   */
  NumberValues(Kind kind, int stride) {
    this.kind = kind;
    this.stride = stride;
  }

  @Override
  void load(FieldVector vector, Presence presence) {
    count = presence.present();
    if (values.length < count) {
      values = new long[count];
    }
    long address = vector.getDataBuffer().memoryAddress();
    if (kind.width == Integer.BYTES) {
      loadInts(address, presence);
    } else {
      loadLongs(address, presence);
    }
  }

  private void loadInts(long address, Presence presence) {
    if (presence.complete()) {
      for (int k = 0; k < count; k++) {
        values[k] = MemoryUtil.getInt(address + (long) k * stride);
      }
    } else {
      int[] rows = presence.presentRows();
      for (int k = 0; k < count; k++) {
        values[k] = MemoryUtil.getInt(address + (long) rows[k] * stride);
      }
    }
  }

  private void loadLongs(long address, Presence presence) {
    if (presence.complete()) {
      for (int k = 0; k < count; k++) {
        values[k] = MemoryUtil.getLong(address + (long) k * stride);
      }
    } else {
      int[] rows = presence.presentRows();
      for (int k = 0; k < count; k++) {
        values[k] = MemoryUtil.getLong(address + (long) rows[k] * stride);
      }
    }
  }

  @Override
  boolean code() {
    startCoding();
    slotCount = 1 << 10;
    Arrays.fill(slots, 0, slotCount, 0);
    for (int k = 0; k < count; k++) {
      long value = values[k];
      int slot = slot(value);
      int entry = slots[slot] - 1;
      if (entry < 0) {
        if (tooManyEntries(entries, 0, k)) {
          return false;
        }
        entry = add(value, slot);
      }
      indexes[k] = entry;
    }
    return pays((long) entries * kind.width, (long) count * kind.width);
  }

  /** The slot of a value, or the free one where it belongs. */
  private int slot(long value) {
    int mask = slotCount - 1;
    long mixed = value * MIX;
    int slot = (int) (mixed >>> 32 ^ mixed >>> 47) & mask;
    int entry = slots[slot];
    while (entry != 0 && dictionary[entry - 1] != value) {
      slot = slot + 1 & mask;
      entry = slots[slot];
    }
    return slot;
  }

  private int add(long value, int slot) {
    if (entries == dictionary.length) {
      dictionary = Arrays.copyOf(dictionary, 2 * entries);
    }
    dictionary[entries++] = value;
    slots[slot] = entries;
    if (entries * 2 > slotCount) {
      growSlots();
    }
    return entries - 1;
  }

  private void growSlots() {
    slotCount *= 4;
    if (slots.length < slotCount) {
      slots = new int[slotCount];
    } else {
      Arrays.fill(slots, 0, slotCount, 0);
    }
    for (int entry = 0; entry < entries; entry++) {
      slots[slot(dictionary[entry])] = entry + 1;
    }
  }

  @Override
  void putDictionary(PageBuffer page) {
    put(page, dictionary, 0, entries);
  }

  @Override
  void putPlain(PageBuffer page, int from, int to) {
    put(page, values, from, to);
  }

  private void put(PageBuffer page, long[] numbers, int from, int to) {
    if (kind.width == Long.BYTES) {
      page.putLongs(numbers, from, to);
      return;
    }
    page.ensure((long) (to - from) * Integer.BYTES);
    for (int k = from; k < to; k++) {
      page.putInt((int) numbers[k]);
    }
  }

  @Override
  void bound(Statistics<?> statistics, int from, int to) {
    switch (kind) {
      case INT, LONG -> boundIntegers(statistics, from, to);
      case FLOAT -> boundFloats(statistics, from, to);
      case DOUBLE -> boundDoubles(statistics, from, to);
    }
  }

  private void boundIntegers(Statistics<?> statistics, int from, int to) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int k = from; k < to; k++) {
      least = Math.min(least, values[k]);
      greatest = Math.max(greatest, values[k]);
    }
    if (least > greatest) {
      return;
    }
    if (kind == Kind.INT) {
      statistics.updateStats((int) least);
      statistics.updateStats((int) greatest);
    } else {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    }
  }

  // parquet.thrift, Statistics: no NaN in bounds; a zero is written as -0.0 in min and as +0.0 in
  // max.
  private void boundDoubles(Statistics<?> statistics, int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    boolean any = false;
    for (int k = from; k < to; k++) {
      double value = Double.longBitsToDouble(values[k]);
      any |= !Double.isNaN(value);
      least = value < least ? value : least;
      greatest = value > greatest ? value : greatest;
    }
    if (any) {
      statistics.updateStats(least == 0 ? -0.0 : least);
      statistics.updateStats(greatest == 0 ? 0.0 : greatest);
    }
  }

  private void boundFloats(Statistics<?> statistics, int from, int to) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    boolean any = false;
    for (int k = from; k < to; k++) {
      float value = Float.intBitsToFloat((int) values[k]);
      any |= !Float.isNaN(value);
      least = value < least ? value : least;
      greatest = value > greatest ? value : greatest;
    }
    if (any) {
      statistics.updateStats(least == 0 ? -0.0f : least);
      statistics.updateStats(greatest == 0 ? 0.0f : greatest);
    }
  }

  @Override
  void boundCoded(Statistics<?> statistics, int from, int to) {
    bound(statistics, from, to);
  }

  @Override
  long nans() {
    long nans = 0;
    if (kind == Kind.DOUBLE) {
      for (int k = 0; k < count; k++) {
        nans += Double.isNaN(Double.longBitsToDouble(values[k])) ? 1 : 0;
      }
    } else if (kind == Kind.FLOAT) {
      for (int k = 0; k < count; k++) {
        nans += Float.isNaN(Float.intBitsToFloat((int) values[k])) ? 1 : 0;
      }
    }
    return nans;
  }

  @Override
  void fill(BloomFilter filter, boolean coded) {
    long[] numbers = coded ? dictionary : values;
    int end = coded ? entries : count;
    for (int k = 0; k < end; k++) {
      filter.insertHash(hash(filter, numbers[k]));
    }
  }

  private long hash(BloomFilter filter, long value) {
    return kind.width == Long.BYTES ? filter.hash(value) : filter.hash((int) value);
  }
}
