/** Catalogs of a Nessie server: branches of all tables together. */
@NullMarked
package dev.firn.iceberg.internal.nessie;

import org.jspecify.annotations.NullMarked;
