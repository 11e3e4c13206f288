/** Reads resources: cursor windows, splits, and Java objects as events. */
@NullMarked
package dev.firn.internal.extract;

import org.jspecify.annotations.NullMarked;
