package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.destination.SnapshotInfo;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Lists a table's commits, newest first.")
@SuppressWarnings("NullAway.Init") // picocli sets the parameter
final class TableHistoryCommand implements Action {
  @Parameters(paramLabel = "TABLE", description = "namespace.table")
  String table;

  @Override
  public Outcome run(Session session) {
    TableName name = LiveTables.named(table, session.project());
    ObjectNode document = Session.document().put("table", name.toString());
    ArrayNode items = document.putArray("snapshots");
    List<List<String>> rows = new ArrayList<>();
    try (Destination destination = session.destination()) {
      LiveTables.find(destination, name);
      for (SnapshotInfo snapshot : destination.metadata().history(name)) {
        rows.add(row(snapshot));
        ObjectNode item = items.addObject();
        item.put("snapshotId", Long.toString(snapshot.id()))
            .put("at", snapshot.at().toString())
            .put("operation", snapshot.operation());
        ObjectNode summary = item.putObject("summary");
        new TreeMap<>(snapshot.summary()).forEach(summary::put);
      }
    }
    return Outcome.of(rows.isEmpty() ? "No commits yet." : Grid.of(rows), document);
  }

  private static List<String> row(SnapshotInfo snapshot) {
    return List.of(
        Long.toString(snapshot.id()),
        snapshot.at().toString(),
        snapshot.operation(),
        "+" + snapshot.summary().getOrDefault("added-records", "0") + " rows",
        alive(snapshot.summary()) + " in all");
  }

  /** The records of all files without those that position deletes have taken out. */
  private static long alive(Map<String, String> summary) {
    long records = Long.parseLong(summary.getOrDefault("total-records", "0"));
    return records - Long.parseLong(summary.getOrDefault("total-position-deletes", "0"));
  }
}
