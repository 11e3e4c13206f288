/** Finds what is installed: sources and destinations, on the class path and in {@code plugins/}. */
@NullMarked
package dev.firn.internal.discover;

import org.jspecify.annotations.NullMarked;
