package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.Evolution;
import dev.firn.error.Redactor;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import java.util.Optional;
import java.util.Set;

/** Runs a pipeline under the eyes of its user. */
final class Runs {
  private static final String TRIGGER = "command";

  private Runs() {}

  static Outcome perform(
      Session session, PipelineSpec spec, Set<String> select, Optional<Evolution> evolution) {
    Redactor redactor = session.redactor();
    RunReport report;
    try (Progress progress = Progress.on(session)) {
      RunOptions options =
          new RunOptions(select, progress, redactor)
              .withProfile(session.profile())
              .withEvolution(evolution)
              .withTrigger(TRIGGER);
      report = Interruption.tells(session, progress, () -> session.engine().run(spec, options));
    }
    report.error().ifPresent(failure -> session.explain(failure));
    ObjectNode document = report.toJson(redactor).put("report", report.file().toString());
    return new Outcome(RunText.of(report, spec), document, report.exitCode());
  }
}
