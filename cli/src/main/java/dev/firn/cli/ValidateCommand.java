package dev.firn.cli;

import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import picocli.CommandLine.Command;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks the pipeline's files; reads no data and connects to nothing.")
final class ValidateCommand implements Action {
  @Override
  public Outcome run(Session session) {
    PipelineSpec spec = session.pipeline().spec();
    int resources = Pipelines.check(spec);
    String text =
        "OK  %s: %s, %s, catalog %s"
            .formatted(
                spec.name(),
                Words.count(spec.sources().size(), "source"),
                Words.count(resources, "resource"),
                spec.destination().catalog());
    return Outcome.of(
        text,
        Session.document()
            .put("pipeline", spec.name())
            .put("valid", true)
            .put("sources", spec.sources().size())
            .put("resources", resources));
  }
}
