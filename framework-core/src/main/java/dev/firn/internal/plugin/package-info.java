/** Finds what is installed: sources and destinations, on the class path and in {@code plugins/}. */
@NullMarked
package dev.firn.internal.plugin;

import org.jspecify.annotations.NullMarked;
