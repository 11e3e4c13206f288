/** Catalogs in a database: an SQLite file by default. */
@NullMarked
package dev.firn.iceberg.internal.jdbc;

import org.jspecify.annotations.NullMarked;
