/** The destination itself. */
@NullMarked
package dev.firn.iceberg.internal;

import org.jspecify.annotations.NullMarked;
