/** Spans of time as people write them. */
@NullMarked
package dev.firn.internal.time;

import org.jspecify.annotations.NullMarked;
