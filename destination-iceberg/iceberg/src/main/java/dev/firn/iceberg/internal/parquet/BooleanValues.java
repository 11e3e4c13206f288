package dev.firn.iceberg.internal.parquet;

import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;

/** Booleans: one byte each in memory, one bit in the file; no dictionary could be smaller. */
final class BooleanValues extends ColumnValues {
  private byte[] values = new byte[0];

  @Override
  void load(FieldVector vector, Presence presence) {
    count = presence.present();
    if (values.length < count) {
      values = new byte[count];
    }
    long address = vector.getDataBuffer().memoryAddress();
    int[] rows = presence.presentRows();
    for (int k = 0; k < count; k++) {
      int row = presence.complete() ? k : rows[k];
      values[k] = (byte) (MemoryUtil.getByte(address + (row >>> 3)) >>> (row & 7) & 1);
    }
  }

  @Override
  boolean code() {
    return false;
  }

  @Override
  void putDictionary(PageBuffer page) {
    throw new IllegalStateException("Booleans have no dictionary.");
  }

  @Override
  void putPlain(PageBuffer page, int from, int to) {
    page.ensure(((to - from) >>> 3) + 1L);
    for (int k = from; k < to; k += Byte.SIZE) {
      int bits = 0;
      for (int b = 0; b < Byte.SIZE && k + b < to; b++) {
        bits |= values[k + b] << b;
      }
      page.putByte(bits);
    }
  }

  @Override
  void bound(Statistics<?> statistics, int from, int to) {
    int trues = 0;
    for (int k = from; k < to; k++) {
      trues += values[k];
    }
    if (trues < to - from) {
      statistics.updateStats(false);
    }
    if (trues > 0) {
      statistics.updateStats(true);
    }
  }

  @Override
  void boundCoded(Statistics<?> statistics, int from, int to) {
    bound(statistics, from, to);
  }

  @Override
  void fill(BloomFilter filter, boolean coded) {
    throw new IllegalStateException("Booleans have no bloom filter.");
  }
}
