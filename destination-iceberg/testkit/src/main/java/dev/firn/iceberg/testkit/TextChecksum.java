package dev.firn.iceberg.testkit;

/**
 * A checksum of texts in any order: two 32-bit lanes over UTF-16 units, added up. {@code
 * readers/read-table.mjs} does the same.
 */
final class TextChecksum {
  private int high;
  private int low;

  void add(String text) {
    int textHigh = 0x811c9dc5;
    int textLow = 0x9747b28c;
    for (int i = 0; i < text.length(); i++) {
      textHigh = (textHigh ^ text.charAt(i)) * 0x01000193;
      textLow = (textLow ^ text.charAt(i)) * 0x5bd1e995;
      textLow ^= textLow >>> 15;
    }
    high += mix(textHigh ^ textLow);
    low += mix(textLow);
  }

  /** The finalizer of MurmurHash3. */
  private static int mix(int lane) {
    int mixed = (lane ^ (lane >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }

  @Override
  public String toString() {
    return String.format("%08x%08x", high, low);
  }
}
