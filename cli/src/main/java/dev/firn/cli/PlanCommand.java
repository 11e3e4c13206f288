package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.PipelinePlan.Dropped;
import dev.firn.pipeline.PipelinePlan.ResourcePlan;
import dev.firn.pipeline.PipelinePlan.TablePlan;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.schema.SchemaChange;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Tells from a sample of the input what a run would do; changes nothing.")
final class PlanCommand implements Action {
  @Mixin final RunScope scope = new RunScope();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Keeps the plan in a file, for firn run --plan FILE.")
  @Nullable Path out;

  @Override
  public Outcome run(Session session) {
    return plan(
        session,
        session.pipeline().spec(),
        scope.select,
        scope.evolution(),
        Optional.ofNullable(out).map(session.console().folder()::resolve));
  }

  static Outcome plan(
      Session session,
      PipelineSpec spec,
      Set<String> select,
      Optional<Evolution> evolution,
      Optional<Path> out) {
    RunOptions options =
        new RunOptions(select, LoadObserver.NONE, session.redactor()).withEvolution(evolution);
    PipelinePlan plan = session.engine().plan(spec, options);
    out.ifPresent(file -> PlanFile.write(plan, file));
    String kept = out.map(file -> "\nThe plan is in " + file + ".").orElse("");
    return Outcome.of(text(plan) + kept, document(plan));
  }

  private static String text(PipelinePlan plan) {
    StringJoiner lines = new StringJoiner("\n");
    for (ResourcePlan resource : plan.resources()) {
      if (resource.tables().isEmpty()) {
        lines.add(resource.resource() + "  NOTHING NEW TO READ");
      }
      resource.tables().forEach(table -> table(table, lines));
      String key = resource.key().isEmpty() ? "" : " on " + String.join(", ", resource.key());
      lines.add(
          "  write     %s%s, judged by %s of %s"
              .formatted(
                  WriteText.of(resource.disposition(), resource.rules()),
                  key,
                  Words.count(resource.sampledRecords(), "sampled record"),
                  resource.resource()));
      resource
          .pendingLoads()
          .forEach(id -> lines.add("  first     finishes or drops the earlier load " + id));
    }
    return lines.add("No changes were made.").toString();
  }

  private static void table(TablePlan table, StringJoiner lines) {
    if (table.action() == PipelinePlan.Action.DROP_INPUT) {
      table.dropped().forEach(dropped -> lines.add(table.table() + "  " + reason(dropped)));
      return;
    }
    lines.add(table.table() + "  " + table.action());
    if (table.action() == PipelinePlan.Action.CREATE) {
      SchemaText.rows(table.schema())
          .forEach(row -> lines.add("  + column " + row.get(0).strip() + " " + row.get(1)));
    }
    table.changes().forEach(change -> lines.add("  " + change.describe()));
    table.dropped().forEach(dropped -> lines.add("  - " + dropped.what() + "  " + reason(dropped)));
    table.schema().partitionBy().forEach(field -> lines.add("  = partition " + field));
  }

  private static String reason(Dropped dropped) {
    String rows = dropped.mode() == ContractMode.DISCARD_ROW ? "rows with it DROPPED" : "DROPPED";
    return "%s (%s: %s)".formatted(rows, dropped.setting(), dropped.mode().word());
  }

  private static ObjectNode document(PipelinePlan plan) {
    ObjectNode document = Session.document().put("pipeline", plan.pipeline());
    ArrayNode resources = document.putArray("resources");
    for (ResourcePlan resource : plan.resources()) {
      ObjectNode node =
          resources
              .addObject()
              .put("resource", resource.resource())
              .put("writeDisposition", resource.disposition().word())
              .put("write", WriteText.of(resource.disposition(), resource.rules()))
              .put("sampledRecords", resource.sampledRecords());
      ArrayNode pending = node.putArray("pendingLoads");
      resource.pendingLoads().forEach(pending::add);
      ArrayNode tables = node.putArray("tables");
      resource.tables().forEach(table -> tables.add(document(table)));
    }
    return document;
  }

  private static ObjectNode document(TablePlan table) {
    ObjectNode node =
        Session.document()
            .put("table", table.table().toString())
            .put("action", table.action().name().toLowerCase(Locale.ROOT));
    node.set("schema", SchemaText.document(table.schema()));
    ArrayNode changes = node.putArray("changes");
    table.changes().stream().map(SchemaChange::describe).forEach(changes::add);
    ArrayNode dropped = node.putArray("dropped");
    for (Dropped each : table.dropped()) {
      dropped
          .addObject()
          .put("what", each.what())
          .put("setting", each.setting())
          .put("mode", each.mode().word());
    }
    return node;
  }
}
