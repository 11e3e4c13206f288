/** Many small tables: Firn beside the plain Iceberg client on catalogs that are alike. */
@NullMarked
package dev.firn.bench.tables;

import org.jspecify.annotations.NullMarked;
