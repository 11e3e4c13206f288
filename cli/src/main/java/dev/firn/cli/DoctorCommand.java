package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Diagnosis;
import dev.firn.destination.Diagnosis.Status;
import dev.firn.destination.Diagnosis.Step;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Pipelines;
import dev.firn.pipeline.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Tries all that a load needs of a catalog, step by step, in a table of its own that it"
            + " takes away again.")
final class DoctorCommand implements Action {
  @Option(
      names = "--catalog",
      paramLabel = "NAME",
      description = "The catalog below 'catalogs'; the pipeline's own when absent.")
  @Nullable String catalog;

  @Override
  public Outcome run(Session session) {
    if (catalog != null) {
      session.options().overrides.add("destination.catalog=" + catalog);
    }
    PipelineSpec spec = session.project();
    Diagnosis diagnosis = Pipelines.diagnose(spec);
    Optional<FirnException> failure = diagnosis.failure();
    failure.ifPresent(session::explain);
    int exitCode = failure.map(each -> each.code().exitCode()).orElse(0);
    return new Outcome(text(diagnosis), document(diagnosis, exitCode, session), exitCode);
  }

  private static String text(Diagnosis diagnosis) {
    StringJoiner text = new StringJoiner("\n");
    text.add("catalog " + diagnosis.destination());
    List<List<String>> steps = new ArrayList<>();
    for (Step step : diagnosis.steps()) {
      steps.add(List.of("", word(step.status()), step.name(), took(step), step.told()));
      if (step.status() == Status.FAILED && !step.sent().isEmpty()) {
        steps.add(List.of("", "", "", "", "sent: " + step.sent()));
      }
    }
    text.add(Grid.of(steps));
    if (!diagnosis.capabilities().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      diagnosis.capabilities().forEach((name, word) -> rows.add(List.of("", name, word)));
      text.add("").add("what it can do").add(Grid.of(rows));
    }
    return text.toString();
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static String took(Step step) {
    return step.status() == Status.SKIPPED
        ? ""
        : String.format(Locale.ROOT, "%.2f s", step.took().toNanos() / 1e9);
  }

  private static JsonNode document(Diagnosis diagnosis, int exitCode, Session session) {
    ObjectNode node =
        Session.document()
            .put("catalog", diagnosis.destination())
            .put("healthy", exitCode == 0)
            .put("exitCode", exitCode);
    ArrayNode steps = node.putArray("steps");
    for (Step step : diagnosis.steps()) {
      ObjectNode each =
          steps
              .addObject()
              .put("name", step.name())
              .put("status", word(step.status()))
              .put("seconds", step.took().toNanos() / 1e9)
              .put("told", step.told())
              .put("sent", step.sent());
      step.failure()
          .ifPresent(e -> each.set("error", RunReport.errorDocument(e, session.redactor())));
    }
    ObjectNode capabilities = node.putObject("capabilities");
    diagnosis.capabilities().forEach(capabilities::put);
    diagnosis
        .failure()
        .ifPresent(e -> node.set("error", RunReport.errorDocument(e, session.redactor())));
    return node;
  }
}
