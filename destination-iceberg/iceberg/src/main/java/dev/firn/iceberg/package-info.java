/** The Iceberg destination: stages batches as Parquet files, commits load packages. */
@NullMarked
package dev.firn.iceberg;

import org.jspecify.annotations.NullMarked;
