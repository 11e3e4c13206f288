/** Runs a pipeline on this machine and reports what it did. */
@NullMarked
package dev.firn.internal.run;

import org.jspecify.annotations.NullMarked;
