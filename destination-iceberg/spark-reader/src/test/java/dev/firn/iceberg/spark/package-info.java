/** Spark as a reader of Firn's tables. */
@NullMarked
package dev.firn.iceberg.spark;

import org.jspecify.annotations.NullMarked;
