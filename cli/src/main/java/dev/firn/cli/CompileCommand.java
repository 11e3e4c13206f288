package dev.firn.cli;

import dev.firn.pipeline.LoadedPipeline;
import dev.firn.pipeline.PipelineFile;
import picocli.CommandLine.Command;

@Command(
    name = "compile",
    mixinStandardHelpOptions = true,
    description = "Prints the pipeline as one YAML file: layers merged, templates filled in.")
final class CompileCommand implements Action {
  @Override
  public Outcome run(Session session) {
    LoadedPipeline pipeline = session.pipeline();
    String yaml = pipeline.redactor().redact(PipelineFile.write(pipeline.spec()));
    return Outcome.of(yaml.stripTrailing(), Session.document().put("yaml", yaml));
  }
}
