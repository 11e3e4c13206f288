/**
 * Loads the same files with Firn and its peers, whole processes in turn, and reports times, memory
 * and agreement.
 */
@NullMarked
package dev.firn.bench.compare;

import org.jspecify.annotations.NullMarked;
