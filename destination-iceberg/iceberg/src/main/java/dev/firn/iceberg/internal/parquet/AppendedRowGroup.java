package dev.firn.iceberg.internal.parquet;

import java.util.List;

/** A row group that lies in a file: where, and what the footer needs. */
record AppendedRowGroup(int index, long tag, long start, int rows, List<EncodedColumn> columns) {}
