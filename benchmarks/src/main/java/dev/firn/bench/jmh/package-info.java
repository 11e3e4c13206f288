/** Microbenchmarks of hot parts; {@code benchmarks/jmh CLASS} runs one. */
@NullMarked
package dev.firn.bench.jmh;

import org.jspecify.annotations.NullMarked;
