package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        Optional<LiveTable> table = destination.metadata().current(name);
        String count =
            table
                .filter(live -> live.rows().isPresent())
                .map(live -> Words.count(live.rows().getAsLong(), "row"))
                .orElse("? rows");
        rows.add(List.of(name.toString(), count));
        ObjectNode entry = tables.addObject().put("table", name.toString());
        table.ifPresent(live -> live.rows().ifPresent(number -> entry.put("rows", number)));
      }
    }
    return Outcome.of(rows.isEmpty() ? "No tables yet." : Grid.of(rows), document);
  }
}
