package dev.firn.iceberg.internal.parquet;

import java.util.Set;

/**
 * How row groups are encoded.
 *
 * @param zstdLevel level of the zstd codec, 1 to 22
 * @param pageRows most rows of a data page
 * @param pageBytes a data page is cut before a value that would make it longer than this; a longer
 *     value has a page of its own
 * @param bloomColumns names of columns that get a bloom filter
 */
public record EncoderSettings(
    int zstdLevel, int pageRows, int pageBytes, Set<String> bloomColumns) {
  /** Level 3, pages of 20,000 rows or 1 MiB, no bloom filters. */
  public static final EncoderSettings DEFAULT = new EncoderSettings(3, 20_000, 1 << 20, Set.of());

  /** Copies the set of names and checks the sizes. */
  public EncoderSettings {
    bloomColumns = Set.copyOf(bloomColumns);
    if (zstdLevel < 1 || zstdLevel > 22 || pageRows < 1 || pageBytes < 1) {
      throw new IllegalArgumentException(
          "zstd level " + zstdLevel + ", page of " + pageRows + " rows or " + pageBytes + " bytes");
    }
  }

  /** These settings with bloom filters on other columns. */
  public EncoderSettings withBloomColumns(Set<String> names) {
    return new EncoderSettings(zstdLevel, pageRows, pageBytes, names);
  }

  /** These settings with another zstd level. */
  public EncoderSettings withZstdLevel(int level) {
    return new EncoderSettings(level, pageRows, pageBytes, bloomColumns);
  }
}
