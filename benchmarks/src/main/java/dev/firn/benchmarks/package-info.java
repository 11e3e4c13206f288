/** Data generators, JMH for the hot parts, side-by-side runs against peers. */
@NullMarked
package dev.firn.benchmarks;

import org.jspecify.annotations.NullMarked;
