package dev.firn.iceberg.internal.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.load.TableOutcome;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a commit does to the rows of one table; kept in the snapshot's summary, so that a repeated
 * commit reports the same.
 *
 * @param superseded staged rows that a later one of the same key replaced
 */
record Counts(long inserted, long updated, long deleted, long unchanged, long superseded) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0);
  private static final ObjectMapper JSON = new ObjectMapper();

  static Counts inserted(long rows) {
    return new Counts(rows, 0, 0, 0, 0);
  }

  /** The text for the summary. */
  String toJson(String operation, List<String> schemaChanges, int files) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("operation", operation)
            .put("inserted", inserted)
            .put("updated", updated)
            .put("deleted", deleted)
            .put("unchanged", unchanged)
            .put("superseded", superseded)
            .put("files", files);
    ArrayNode changes = node.putArray("schema");
    schemaChanges.forEach(changes::add);
    return node.toString();
  }

  TableOutcome outcome(
      TableName table,
      String operation,
      long total,
      OptionalLong snapshot,
      List<String> changes,
      int files) {
    return new TableOutcome(
        table, operation, inserted, updated, deleted, unchanged, total, snapshot, changes, files);
  }

  /** The report of a commit made earlier, from its summary. */
  static Reported parse(TableName table, String text, long total, OptionalLong snapshot) {
    JsonNode node = read(text);
    Counts counts =
        new Counts(
            node.path("inserted").asLong(),
            node.path("updated").asLong(),
            node.path("deleted").asLong(),
            node.path("unchanged").asLong(),
            node.path("superseded").asLong());
    List<String> changes = new ArrayList<>();
    node.path("schema").forEach(change -> changes.add(change.asText()));
    String operation = node.path("operation").asText("none");
    int files = node.path("files").asInt();
    return new Reported(
        counts.outcome(table, operation, total, snapshot, changes, files), counts.superseded());
  }

  /** A table's outcome with what only the load as a whole reports. */
  record Reported(TableOutcome outcome, long superseded) {}

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
