/** Peers that run inside a JVM of their own; their engines come from the class path at run time. */
@NullMarked
package dev.firn.bench.peer;

import org.jspecify.annotations.NullMarked;
