package dev.firn.iceberg.internal.parquet;

import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/**
 * Which rows of a column hold a value. Arrow's validity bitmap has the layout of Parquet's
 * bit-packed definition levels of width 1, so pages take their levels from it as it is.
 */
final class Presence {
  private long[] words = new long[1 << 10];
  private int[] presentRows = new int[0];
  private int rows;
  private int present;

  /** Reads the validity of the first rows of a vector. */
  void load(FieldVector vector, int rowCount) {
    int wordCount = startRows(rowCount);
    copyBits(vector.getValidityBuffer(), wordCount);
    words[wordCount] = 0;
    if ((rowCount & 63) != 0) {
      words[wordCount - 1] &= -1L >>> -rowCount;
    }
    present = 0;
    for (int w = 0; w < wordCount; w++) {
      present += Long.bitCount(words[w]);
    }
    if (present < rows) {
      listPresentRows(wordCount);
    }
  }

  /** Says that no row holds a value. */
  void loadNone(int rowCount) {
    Arrays.fill(words, 0, startRows(rowCount) + 1, 0);
    present = 0;
  }

  private int startRows(int rowCount) {
    rows = rowCount;
    int wordCount = (rowCount + 63) >>> 6;
    if (words.length < wordCount + 1) {
      words = new long[wordCount + 1];
    }
    return wordCount;
  }

  private void copyBits(ArrowBuf validity, int wordCount) {
    long address = validity.memoryAddress();
    int wholeWords = (int) Math.min(wordCount, validity.capacity() >>> 3);
    for (int w = 0; w < wholeWords; w++) {
      words[w] = MemoryUtil.getLong(address + 8L * w);
    }
    if (wholeWords < wordCount) {
      words[wholeWords] = 0;
      int bytes = ((rows + 7) >>> 3) - 8 * wholeWords;
      for (int b = 0; b < bytes; b++) {
        words[wholeWords] |= (MemoryUtil.getByte(address + 8L * wholeWords + b) & 0xFFL) << (8 * b);
      }
    }
  }

  private void listPresentRows(int wordCount) {
    if (presentRows.length < present) {
      presentRows = new int[Math.max(present, rows)];
    }
    int k = 0;
    for (int w = 0; w < wordCount; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        presentRows[k++] = (w << 6) + Long.numberOfTrailingZeros(word);
      }
    }
  }

  int rows() {
    return rows;
  }

  /** The number of rows that hold a value. */
  int present() {
    return present;
  }

  boolean complete() {
    return present == rows;
  }

  /** The row of each present value; only filled, and only to be used, when some row holds none. */
  int[] presentRows() {
    return presentRows;
  }

  /** How many of the rows {@code [from, to)} hold a value. */
  int count(int from, int to) {
    if (complete()) {
      return to - from;
    }
    int count = 0;
    for (int row = from; row < to; row += 64) {
      count += Long.bitCount(bits(row) & mask(to - row));
    }
    return count;
  }

  /**
   * Appends the definition levels of the rows {@code [from, to)}, their length in front, as data
   * pages of version 1 want them.
   */
  void putLevels(PageBuffer page, int from, int to) {
    page.ensure(((to - from) >>> 3) + 24L);
    int start = page.size();
    page.putInt(0);
    int count = count(from, to);
    if (count == to - from || count == 0) {
      page.putVarint((to - from) << 1);
      page.putByte(count == 0 ? 0 : 1);
    } else {
      putBits(page, from, to);
    }
    page.setInt(start, page.size() - start - Integer.BYTES);
  }

  private void putBits(PageBuffer page, int from, int to) {
    int groups = (to - from + 7) >>> 3;
    page.putVarint(groups << 1 | 1);
    int end = page.size() + groups;
    for (int row = from; row < to; row += 64) {
      page.putLong(bits(row) & mask(to - row));
    }
    page.advance(end - page.size());
  }

  /** The 64 bits that begin at a row. */
  private long bits(int row) {
    int shift = row & 63;
    long low = words[row >>> 6] >>> shift;
    return shift == 0 ? low : low | words[(row >>> 6) + 1] << (64 - shift);
  }

  private static long mask(int bits) {
    return bits >= 64 ? -1L : (1L << bits) - 1;
  }
}
