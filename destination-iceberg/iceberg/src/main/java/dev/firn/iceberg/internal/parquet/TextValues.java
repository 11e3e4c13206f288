package dev.firn.iceberg.internal.parquet;

import java.util.Arrays;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;

/** Strings and binaries, read where the vector holds them outside the heap. */
final class TextValues extends ColumnValues {
  private long address;
  private int[] starts = new int[0];
  private int[] lengths = new int[0];
  private long totalLength;

  /** Values before this one have slack behind them in the vector's memory. */
  private int slackEnd;

  /** For each entry, the number of the first value that has it, and its hash. */
  private int[] firstValues = new int[1 << 8];

  private long[] hashes = new long[1 << 8];
  private int[] slots = new int[1 << 10];
  private int slotCount;

  @Override
  void load(FieldVector vector, Presence presence) {
    count = presence.present();
    if (starts.length < count) {
      starts = new int[count];
      lengths = new int[count];
    }
    totalLength = 0;
    if (count == 0) {
      return;
    }
    address = vector.getDataBuffer().memoryAddress();
    long offsets = vector.getOffsetBuffer().memoryAddress();
    if (presence.complete()) {
      loadComplete(offsets);
    } else {
      loadPresent(offsets, presence.presentRows());
    }
    long capacity = vector.getDataBuffer().capacity();
    slackEnd = count;
    while (slackEnd > 0
        && starts[slackEnd - 1] + (long) lengths[slackEnd - 1] + Bytes.SLACK > capacity) {
      slackEnd--;
    }
  }

  private void loadComplete(long offsets) {
    int start = MemoryUtil.getInt(offsets);
    totalLength = -start;
    for (int k = 0; k < count; k++) {
      int end = MemoryUtil.getInt(offsets + 4L * (k + 1));
      starts[k] = start;
      lengths[k] = end - start;
      start = end;
    }
    totalLength += start;
  }

  private void loadPresent(long offsets, int[] rows) {
    for (int k = 0; k < count; k++) {
      long at = offsets + 4L * rows[k];
      starts[k] = MemoryUtil.getInt(at);
      lengths[k] = MemoryUtil.getInt(at + 4) - starts[k];
      totalLength += lengths[k];
    }
  }

  @Override
  boolean code() {
    startCoding();
    slotCount = 1 << 10;
    Arrays.fill(slots, 0, slotCount, 0);
    long entryBytes = 0;
    for (int k = 0; k < count; k++) {
      long start = address + starts[k];
      int length = lengths[k];
      long hash = k < slackEnd ? Bytes.hash(start, length) : Bytes.hashWithoutSlack(start, length);
      int slot = slot(start, length, hash);
      int entry = slots[slot] - 1;
      if (entry < 0) {
        entryBytes += length + Integer.BYTES;
        if (tooManyEntries(entries, entryBytes, k)) {
          return false;
        }
        entry = add(k, hash, slot);
      }
      indexes[k] = entry;
    }
    return pays(entryBytes, totalLength + (long) Integer.BYTES * count);
  }

  private int slot(long start, int length, long hash) {
    int mask = slotCount - 1;
    int slot = (int) hash & mask;
    int entry = slots[slot];
    while (entry != 0 && !isEntry(entry - 1, start, length, hash)) {
      slot = slot + 1 & mask;
      entry = slots[slot];
    }
    return slot;
  }

  private boolean isEntry(int entry, long start, int length, long hash) {
    if (hashes[entry] != hash) {
      return false;
    }
    int value = firstValues[entry];
    // Up to eight bytes the hash says it all.
    return lengths[value] == length
        && (length <= Long.BYTES || Bytes.equal(start, address + starts[value], length));
  }

  private int add(int value, long hash, int slot) {
    if (entries == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * entries);
      firstValues = Arrays.copyOf(firstValues, 2 * entries);
    }
    hashes[entries] = hash;
    firstValues[entries++] = value;
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
    int mask = slotCount - 1;
    for (int entry = 0; entry < entries; entry++) {
      int slot = (int) hashes[entry] & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = entry + 1;
    }
  }

  @Override
  void putDictionary(PageBuffer page) {
    for (int entry = 0; entry < entries; entry++) {
      putPlain(page, firstValues[entry], firstValues[entry] + 1);
    }
  }

  @Override
  void putPlain(PageBuffer page, int from, int to) {
    long size = 0;
    for (int k = from; k < to; k++) {
      size += lengths[k];
    }
    page.ensure(size + (long) (to - from) * Integer.BYTES + Bytes.SLACK);
    for (int k = from; k < to; k++) {
      page.putInt(lengths[k]);
      if (k < slackEnd) {
        page.putMemoryWithSlack(address + starts[k], lengths[k]);
      } else {
        page.putMemory(address + starts[k], lengths[k]);
      }
    }
  }

  @Override
  int cut(int from, int to, int bytes) {
    long size = 0;
    for (int k = from; k < to; k++) {
      size += lengths[k] + Integer.BYTES;
      if (size > bytes && k > from) {
        return k;
      }
    }
    return to;
  }

  @Override
  void bound(Statistics<?> statistics, int from, int to) {
    Extremes extremes = new Extremes();
    for (int k = from; k < to; k++) {
      extremes.consider(k);
    }
    extremes.update(statistics);
  }

  @Override
  void boundCoded(Statistics<?> statistics, int from, int to) {
    startPage();
    Extremes extremes = new Extremes();
    for (int k = from; k < to; k++) {
      int entry = indexes[k];
      if (firstInPage(entry)) {
        extremes.consider(firstValues[entry]);
      }
    }
    extremes.update(statistics);
  }

  @Override
  void fill(BloomFilter filter, boolean coded) {
    int end = coded ? entries : count;
    for (int k = 0; k < end; k++) {
      filter.insertHash(filter.hash(binary(coded ? firstValues[k] : k)));
    }
  }

  private Binary binary(int value) {
    byte[] copy = new byte[lengths[value]];
    MemoryUtil.copyFromMemory(address + starts[value], copy, 0, copy.length);
    return Binary.fromConstantByteArray(copy);
  }

  /** The first eight bytes, the first one highest: compared unsigned, they order most strings. */
  private long prefix(int value) {
    long start = address + starts[value];
    int length = lengths[value];
    return Long.reverseBytes(
        value < slackEnd ? Bytes.word(start, length) : Bytes.wordWithoutSlack(start, length));
  }

  /**
   * The least and greatest value seen, with their first eight bytes at hand: most comparisons end
   * there.
   */
  private final class Extremes {
    private int least = -1;
    private int greatest = -1;
    private long leastPrefix;
    private long greatestPrefix;

    void consider(int value) {
      long prefix = prefix(value);
      if (least < 0) {
        least = value;
        greatest = value;
        leastPrefix = prefix;
        greatestPrefix = prefix;
        return;
      }
      if (isBefore(value, prefix, least, leastPrefix)) {
        least = value;
        leastPrefix = prefix;
      }
      if (isBefore(greatest, greatestPrefix, value, prefix)) {
        greatest = value;
        greatestPrefix = prefix;
      }
    }

    private boolean isBefore(int left, long leftPrefix, int right, long rightPrefix) {
      return leftPrefix == rightPrefix
          ? Bytes.compare(
                  address + starts[left], lengths[left], address + starts[right], lengths[right])
              < 0
          : Long.compareUnsigned(leftPrefix, rightPrefix) < 0;
    }

    void update(Statistics<?> statistics) {
      if (least >= 0) {
        statistics.updateStats(binary(least));
        statistics.updateStats(binary(greatest));
      }
    }
  }
}
