package dev.firn.internal.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.load.LoadId;
import dev.firn.pipeline.QuarantinedRecord;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.SystemColumns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A row of a quarantine table, as a destination shows rows. */
final class QuarantineRow {
  /** Payloads are as long as records may be. */
  static final JsonFactory ANY_LENGTH =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final ObjectMapper JSON = new ObjectMapper(ANY_LENGTH);

  private QuarantineRow() {}

  static QuarantinedRecord read(String row) {
    try {
      JsonNode node = JSON.readTree(row);
      return new QuarantinedRecord(
          new LoadId(node.path(SystemColumns.LOAD_ID).asText()),
          time(node.path(QuarantineTable.TIME).asText()),
          node.path(QuarantineTable.RESOURCE).asText(),
          node.path(QuarantineTable.SOURCE).asText(),
          node.path(QuarantineTable.RULE).asText(),
          Optional.ofNullable(node.path(QuarantineTable.COLUMN).textValue()),
          node.path(QuarantineTable.REASON).asText(),
          node.path(QuarantineTable.PAYLOAD).asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a row of a table: " + row, e);
    }
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException written) {
      return Instant.EPOCH; // by another writer
    }
  }
}
