package dev.firn.iceberg.internal.parquet;

/**
 * A row group that is part of a sealed file.
 *
 * @param index the number that {@link OpenParquetFile#append} gave it
 * @param tag the caller's own mark
 * @param firstRow position in the file of its first row
 * @param rows its row count
 */
public record SealedRowGroup(int index, long tag, long firstRow, long rows) {}
