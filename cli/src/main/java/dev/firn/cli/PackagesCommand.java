package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.load.TableOutcome;
import dev.firn.pipeline.PendingLoad;
import dev.firn.pipeline.PendingLoads;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "packages",
    mixinStandardHelpOptions = true,
    description = "Looks at loads that were not committed: list, show, drop, retry.",
    subcommands = {
      PackagesCommand.ListAll.class,
      PackagesCommand.Show.class,
      PackagesCommand.Drop.class,
      PackagesCommand.Retry.class
    })
final class PackagesCommand {

  private static String state(PendingLoad load) {
    return load.sealed().isPresent() ? "sealed" : "unfinished";
  }

  private static ObjectNode describe(PendingLoad load, ObjectNode node) {
    return node.put("loadId", load.loadId().value())
        .put("pipeline", load.pipeline())
        .put("resource", load.resource())
        .put("state", state(load));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the loads that the next run finishes (sealed) or drops (unfinished).")
  static final class ListAll implements Action {
    @Override
    public Outcome run(Session session) {
      ObjectNode document = Session.document();
      ArrayNode items = document.putArray("packages");
      List<List<String>> rows = new ArrayList<>();
      for (PendingLoad load : PendingLoads.in(session.project().folder())) {
        rows.add(List.of(load.loadId().value(), load.pipeline(), load.resource(), state(load)));
        describe(load, items.addObject());
      }
      return Outcome.of(rows.isEmpty() ? "No pending loads." : Grid.of(rows), document);
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows what one load would commit.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameter
  static final class Show implements Action {
    @Parameters(paramLabel = "LOAD", description = "A load id of 'packages list'.")
    String loadId;

    @Override
    public Outcome run(Session session) {
      PendingLoad load = PendingLoads.find(session.project().folder(), new LoadId(loadId));
      ObjectNode document = describe(load, Session.document());
      ArrayNode tables = document.putArray("tables");
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of(load.resource(), state(load)));
      for (StagedTable table : load.sealed().map(LoadPackage::allTables).orElse(List.of())) {
        String name = table.schema().name().toString();
        rows.add(
            List.of(
                "  " + name,
                Words.count(table.rows(), "row"),
                Words.count(table.files().size(), "file")));
        tables
            .addObject()
            .put("table", name)
            .put("rows", table.rows())
            .put("files", table.files().size());
      }
      return Outcome.of(Grid.of(rows), document);
    }
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Forgets a load and deletes the files it staged.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameter
  static final class Drop implements Action {
    @Parameters(paramLabel = "LOAD", description = "A load id of 'packages list'.")
    String loadId;

    @Override
    public Outcome run(Session session) {
      PendingLoads.drop(session.project(), new LoadId(loadId));
      return Outcome.of("Dropped " + loadId + ".", Session.document().put("dropped", loadId));
    }
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Commits a sealed load now, without reading anything.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameter
  static final class Retry implements Action {
    @Parameters(paramLabel = "LOAD", description = "A load id of 'packages list'.")
    String loadId;

    @Override
    public Outcome run(Session session) {
      CommitResult result = PendingLoads.retry(session.project(), new LoadId(loadId));
      ObjectNode document =
          Session.document().put("loadId", loadId).put("alreadyDone", result.alreadyDone());
      ArrayNode tables = document.putArray("tables");
      List<List<String>> rows = new ArrayList<>();
      for (TableOutcome each : result.tables()) {
        String name = each.table().toString();
        rows.add(
            List.of(
                "  " + name,
                each.operation(),
                each.inserted() + " inserted",
                each.updated() + " updated",
                each.deleted() + " deleted",
                each.total() + " in all"));
        tables
            .addObject()
            .put("table", name)
            .put("operation", each.operation())
            .put("inserted", each.inserted())
            .put("updated", each.updated())
            .put("deleted", each.deleted())
            .put("unchanged", each.unchanged())
            .put("total", each.total());
      }
      String done = result.alreadyDone() ? " had been committed before." : " is committed.";
      return Outcome.of("Load " + loadId + done + "\n" + Grid.of(rows), document);
    }
  }
}
