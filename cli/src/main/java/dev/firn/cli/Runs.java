package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.Redactor;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Runs a pipeline under the eyes of its user. */
final class Runs {
  private static final String TRIGGER = "command";

  private Runs() {}

  /**
   * Runs.
   *
   * @param choices what the command's user asked for
   */
  static Outcome perform(Session session, PipelineSpec spec, UnaryOperator<RunOptions> choices) {
    return perform(session, spec, choices, session.engine()::run);
  }

  /**
   * Runs.
   *
   * @param run how
   */
  static Outcome perform(
      Session session,
      PipelineSpec spec,
      UnaryOperator<RunOptions> choices,
      BiFunction<PipelineSpec, RunOptions, RunReport> run) {
    Redactor redactor = session.redactor();
    RunReport report;
    try (Progress progress = Progress.on(session)) {
      RunOptions options =
          new RunOptions(Set.of(), progress, redactor)
              .withProfile(session.profile())
              .withTrigger(TRIGGER);
      RunOptions chosen = choices.apply(options);
      report = Interruption.tells(session, progress, () -> run.apply(spec, chosen));
    }
    report.error().ifPresent(failure -> session.explain(failure));
    ObjectNode document = report.toJson(redactor).put("report", report.file().toString());
    return new Outcome(RunText.of(report, spec), document, report.exitCode());
  }
}
