package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.Column;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** A table's columns for people and for programs. */
final class SchemaText {
  private SchemaText() {}

  static List<List<String>> rows(TableSchema schema) {
    List<List<String>> rows = new ArrayList<>();
    for (Column column : schema.columns()) {
      rows.add(
          List.of(
              "  " + column.name(),
              column.type().word() + (column.required() ? " required" : ""),
              renamed(column)));
    }
    return rows;
  }

  private static String renamed(Column column) {
    boolean same =
        column.sourcePaths().isEmpty() || column.sourcePaths().equals(List.of(column.name()));
    return same ? "" : "from " + String.join(", ", column.sourcePaths());
  }

  static ArrayNode document(TableSchema schema) {
    ArrayNode columns = JsonNodeFactory.instance.arrayNode();
    for (Column column : schema.columns()) {
      ObjectNode node =
          columns
              .addObject()
              .put("name", column.name())
              .put("type", column.type().word())
              .put("required", column.required())
              .put("key", schema.key().contains(column.name()));
      ArrayNode paths = node.putArray("sourcePaths");
      column.sourcePaths().forEach(paths::add);
    }
    return columns;
  }
}
