package dev.firn.iceberg.testkit.schedule;

import dev.firn.load.WriteDisposition;

/**
 * How the table of a schedule is loaded.
 *
 * @param formatVersion 2: position deletes, 3: deletion vectors
 * @param partitioned by a column that changes when a row does
 */
record Shape(WriteDisposition disposition, int formatVersion, boolean partitioned) {}
