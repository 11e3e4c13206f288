/** Firn's schemas and an Iceberg table's metadata, in both directions. */
@NullMarked
package dev.firn.iceberg.internal.metadata;

import org.jspecify.annotations.NullMarked;
