package dev.firn.cli;

import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;

/** Runs pipelines; tests put their own in place. */
@FunctionalInterface
interface Runner {
  RunReport run(PipelineSpec spec, RunOptions options);
}
