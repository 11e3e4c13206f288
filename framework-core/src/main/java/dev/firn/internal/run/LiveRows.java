package dev.firn.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.destination.MetadataService;
import dev.firn.internal.normalize.TableRows;
import dev.firn.schema.TableName;
import dev.firn.source.RecordSink;
import java.util.Map;
import java.util.stream.Stream;

/** Rows of a table as records. */
record LiveRows(MetadataService metadata) implements TableRows {
  private static final ObjectMapper JSON =
      new ObjectMapper(QuarantineRow.ANY_LENGTH)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  @Override
  public void send(TableName table, Map<String, String> columns, RecordSink sink) {
    try (Stream<String> rows = metadata.rows(table, columns.keySet())) {
      rows.forEach(row -> new JsonSplit(only(row, columns)).read(sink));
    }
  }

  private static ObjectNode only(String row, Map<String, String> columns) {
    try {
      JsonNode whole = JSON.readTree(row);
      ObjectNode node = JSON.createObjectNode();
      columns.forEach((there, here) -> node.set(here, whole.path(there)));
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a row of a table: " + row, e);
    }
  }
}
