package dev.firn.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.Column;
import dev.firn.schema.TableSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row as a JSON object, its columns in the order of the table. */
final class RowJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RowJson() {}

  static String of(TableSchema schema, Map<String, Object> row) {
    ObjectNode node = JSON.createObjectNode();
    for (Column column : schema.columns()) {
      @Nullable Object value = row.get(column.name());
      node.set(column.name(), JSON.valueToTree(value));
    }
    return node.toString();
  }
}
