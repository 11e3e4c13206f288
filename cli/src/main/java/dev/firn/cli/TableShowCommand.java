package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a table: columns, key, partitioning and some rows.")
@SuppressWarnings("NullAway.Init") // picocli sets the parameter
final class TableShowCommand implements Action {
  @Parameters(paramLabel = "TABLE", description = "namespace.table")
  String table;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "5",
      description = "Shows up to N rows; 5 when absent.")
  int rows = 5;

  @Override
  public Outcome run(Session session) {
    if (rows < 0) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG, "--rows is " + rows + ".", "Write 0 or more.");
    }
    PipelineSpec spec = session.project();
    TableName name = LiveTables.named(table, spec);
    try (Destination destination = session.destination()) {
      LiveTable live = LiveTables.find(destination, name);
      List<String> sample = rows > 0 ? destination.metadata().sample(name, rows) : List.of();
      return Outcome.of(text(live, sample), document(live, spec, sample));
    }
  }

  private static String text(LiveTable live, List<String> sample) {
    StringJoiner text = new StringJoiner("\n");
    String count = live.rows().isPresent() ? Words.count(live.rows().getAsLong(), "row") : "? rows";
    text.add(live.schema().name() + "  " + count);
    if (!live.schema().key().isEmpty()) {
      text.add("key        " + String.join(", ", live.schema().key()));
    }
    if (!live.schema().partitionBy().isEmpty()) {
      text.add("partition  " + String.join(", ", partitions(live)));
    }
    text.add(Grid.of(SchemaText.rows(live.schema())));
    sample.forEach(text::add);
    return text.toString();
  }

  private static List<String> partitions(LiveTable live) {
    return live.schema().partitionBy().stream().map(PartitionField::toString).toList();
  }

  private static ObjectNode document(LiveTable live, PipelineSpec spec, List<String> sample) {
    ObjectNode node =
        Session.document()
            .put("table", live.schema().name().toString())
            .put("catalog", spec.destination().catalog());
    node.set("schema", SchemaText.document(live.schema()));
    ArrayNode partitions = node.putArray("partitionSpec");
    partitions(live).forEach(partitions::add);
    ObjectNode properties = node.putObject("properties");
    new TreeMap<>(live.properties()).forEach(properties::put);
    live.snapshotId().ifPresent(id -> node.put("snapshotId", Long.toString(id)));
    live.rows().ifPresent(count -> node.put("rows", count));
    node.put("rowsExact", live.rows().isPresent());
    ArrayNode items = node.putArray("sample");
    sample.forEach(row -> items.addRawValue(new RawValue(row)));
    return node;
  }
}
