/** Deterministic test data of any size: nested events and flat trips, streamed as bytes. */
@NullMarked
package dev.firn.bench.data;

import org.jspecify.annotations.NullMarked;
