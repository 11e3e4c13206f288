/**
 * The Parquet write path: Arrow vectors become compressed pages on many threads, are appended as
 * row groups to a shared open file, and get their footer only when the schema of the load is
 * sealed; beside it, scans of single columns.
 */
@NullMarked
package dev.firn.iceberg.internal.parquet;

import org.jspecify.annotations.NullMarked;
