package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.firn.pipeline.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The published schema of run reports, held against a report by a validator that is not ours. */
final class ReportSchema {
  private ReportSchema() {}

  static List<String> problems(JsonNode report) {
    try (InputStream text =
        RunReport.class.getResourceAsStream("/dev/firn/run-report.schema.json")) {
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
      Schema schema = registry.getSchema(text);
      return schema.validate(report).stream().map(Error::toString).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode read(String json) throws IOException {
    return new ObjectMapper().readTree(json);
  }
}
