package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.schema.TableName;
import dev.firn.state.CursorState;
import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;

@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = "Looks at what a pipeline remembers: show.",
    subcommands = StateCommand.Show.class)
final class StateCommand {

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the state of each resource, as it stands in its table.")
  static final class Show implements Action {
    @Override
    public Outcome run(Session session) {
      String prefix = ResourceState.key(session.project().name(), "");
      ObjectNode document = Session.document();
      ArrayNode items = document.putArray("resources");
      List<List<String>> rows = new ArrayList<>();
      try (Destination destination = session.destination()) {
        for (TableName name : destination.metadata().tables()) {
          Optional<LiveTable> live = destination.metadata().current(name);
          live.ifPresent(table -> collect(table, prefix, rows, items));
        }
      }
      return Outcome.of(rows.isEmpty() ? "No state yet." : Grid.of(rows), document);
    }

    private static void collect(
        LiveTable table, String prefix, List<List<String>> rows, ArrayNode items) {
      new TreeMap<>(table.properties())
          .forEach(
              (key, value) -> {
                if (key.startsWith(prefix)) {
                  String resource = key.substring(prefix.length());
                  add(resource, table.schema().name(), ResourceState.parse(value), rows, items);
                }
              });
    }

    private static void add(
        String resource,
        TableName table,
        ResourceState state,
        List<List<String>> rows,
        ArrayNode items) {
      Optional<CursorState> cursor = state.cursor();
      rows.add(
          List.of(
              resource,
              table.toString(),
              "version " + state.version(),
              cursor.map(at -> at.column() + " " + at.value()).orElse("no cursor"),
              "load " + state.loadId()));
      ObjectNode item =
          items
              .addObject()
              .put("resource", resource)
              .put("table", table.toString())
              .put("version", state.version())
              .put("loadId", state.loadId())
              .put("tracksFiles", state.files().isPresent());
      cursor.ifPresent(
          at ->
              item.putObject("cursor")
                  .put("column", at.column())
                  .put("type", at.type().word())
                  .put("value", at.value())
                  .put("boundary", at.boundary().size()));
    }
  }
}
