/** Tables of a Hive metastore: an optional catalog, whose jars lie in {@code plugins/}. */
@NullMarked
package dev.firn.iceberg.hive;

import org.jspecify.annotations.NullMarked;
