package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.error.FirnException;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the tables of the pipeline's catalog with their rows.")
final class TableListCommand implements Action {
  @Override
  public Outcome run(Session session) {
    ObjectNode document = Session.document();
    ArrayNode tables = document.putArray("tables");
    List<List<String>> rows = new ArrayList<>();
    try (Destination destination = session.destination()) {
      for (TableName name : destination.metadata().tables()) {
        ObjectNode entry = tables.addObject().put("table", name.toString());
        rows.add(List.of(name.toString(), told(destination, name, entry)));
      }
    }
    return Outcome.of(rows.isEmpty() ? "No tables yet." : Grid.of(rows), document);
  }

  /** A table that cannot be read hides no other one. */
  private static String told(Destination destination, TableName name, ObjectNode entry) {
    OptionalLong rows;
    try {
      rows = destination.metadata().current(name).map(LiveTable::rows).orElse(OptionalLong.empty());
    } catch (FirnException e) {
      entry.put("error", e.getMessage());
      return "cannot be read: " + e.getMessage();
    }
    rows.ifPresent(number -> entry.put("rows", number));
    return rows.isPresent() ? Words.count(rows.getAsLong(), "row") : "? rows";
  }
}
