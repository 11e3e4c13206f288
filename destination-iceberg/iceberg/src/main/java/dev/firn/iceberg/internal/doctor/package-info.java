/** Examines a catalog: tries, from its name to a committed row, all that a load needs. */
@NullMarked
package dev.firn.iceberg.internal.doctor;

import org.jspecify.annotations.NullMarked;
