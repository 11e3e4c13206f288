package dev.firn.cli;

import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;

/** What does the work that a command asks for; tests put their own in place. */
interface Engine {
  /** Does it, as a library user would. */
  Engine LIBRARY =
      new Engine() {
        @Override
        public RunReport run(PipelineSpec spec, RunOptions options) {
          return Pipelines.run(spec, options);
        }

        @Override
        public PipelinePlan plan(PipelineSpec spec, RunOptions options) {
          return Pipelines.plan(spec, options);
        }
      };

  RunReport run(PipelineSpec spec, RunOptions options);

  PipelinePlan plan(PipelineSpec spec, RunOptions options);
}
