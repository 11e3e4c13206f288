/** Loads: their ids, their packages and what became of them. */
@NullMarked
package dev.firn.load;

import org.jspecify.annotations.NullMarked;
