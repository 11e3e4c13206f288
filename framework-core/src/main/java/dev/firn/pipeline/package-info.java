/** Pipelines: their description, their runs and the reports of these. */
@NullMarked
package dev.firn.pipeline;

import org.jspecify.annotations.NullMarked;
