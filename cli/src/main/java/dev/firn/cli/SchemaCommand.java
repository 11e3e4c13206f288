package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Looks at schemas: show.",
    subcommands = SchemaCommand.Show.class)
final class SchemaCommand {

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the columns of one table, or of all tables of the catalog.")
  static final class Show implements Action {
    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "namespace.table")
    @Nullable String table;

    @Override
    public Outcome run(Session session) {
      StringJoiner text = new StringJoiner("\n");
      ObjectNode document = Session.document();
      ArrayNode items = document.putArray("tables");
      for (TableSchema schema : schemas(session)) {
        text.add(schema.name().toString()).add(Grid.of(SchemaText.rows(schema)));
        ObjectNode item = items.addObject().put("table", schema.name().toString());
        item.set("schema", SchemaText.document(schema));
      }
      return Outcome.of(items.isEmpty() ? "No tables yet." : text.toString(), document);
    }

    private List<TableSchema> schemas(Session session) {
      PipelineSpec spec = session.project();
      List<TableSchema> schemas = new ArrayList<>();
      try (Destination destination = session.destination()) {
        if (table != null) {
          return List.of(LiveTables.find(destination, LiveTables.named(table, spec)).schema());
        }
        for (TableName name : destination.metadata().tables()) {
          Optional<LiveTable> live = destination.metadata().current(name);
          live.ifPresent(found -> schemas.add(found.schema()));
        }
      }
      return schemas;
    }
  }
}
