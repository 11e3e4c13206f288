/** From a record's events to typed columns: names, types, nesting. */
@NullMarked
package dev.firn.internal.normalize;

import org.jspecify.annotations.NullMarked;
