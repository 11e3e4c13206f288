/** Runs pipelines: pending packages, extraction, sealing, commit, report. */
@NullMarked
package dev.firn.internal.run;

import org.jspecify.annotations.NullMarked;
