package dev.firn.iceberg.internal.merge;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;

/**
 * Rows of one file of the base snapshot that the commit deletes. None of them was deleted before.
 *
 * @param file deletes are keyed by its {@link DataFile#location}, letter by letter
 */
public record TargetDeletes(DataFile file, PartitionSpec spec, Positions positions) {}
