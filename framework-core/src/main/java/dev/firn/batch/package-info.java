/** Rows as Arrow vectors, on their way from the normalizer to a destination. */
@NullMarked
package dev.firn.batch;

import org.jspecify.annotations.NullMarked;
