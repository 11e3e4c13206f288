package dev.firn.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractResult;
import dev.firn.load.LoadCounts;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A package's manifest as JSON text. */
final class PackageJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTRACT = "contract";
  private static final String JUDGED_BY = "judged-by";

  private PackageJson() {}

  /**
   * @param contract what the load made of it
   */
  static String write(LoadPackage load, Optional<ContractResult> contract) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", 1)
        .put("load-id", load.loadId().value())
        .put("pipeline", load.pipeline())
        .put("resource", load.resource())
        .put("destination", load.destination())
        .put("disposition", load.disposition().word());
    load.key().forEach(node.putArray("key")::add);
    node.set("rules", RulesJson.write(load.rules()));
    ArrayNode tables = node.putArray("tables");
    load.tables().forEach(table -> write(table, tables.addObject()));
    load.quarantine().ifPresent(table -> write(table, node.putObject("quarantine")));
    node.put("before", load.before().toJson()).put("after", load.after().toJson());
    node.set("counts", JSON.valueToTree(load.counts()));
    load.judgedBy().ifPresent(snapshot -> node.put(JUDGED_BY, Long.toString(snapshot)));
    contract.ifPresent(made -> node.set(CONTRACT, JSON.valueToTree(made)));
    return node.toPrettyString();
  }

  private static void write(StagedTable table, ObjectNode node) {
    SchemaJson.write(table.schema(), node);
    node.put("uuid", table.uuid()).put("location", table.location());
    ArrayNode files = node.putArray("files");
    for (StagedFile file : table.files()) {
      files
          .addObject()
          .put("path", file.path())
          .put("rows", file.rows())
          .put("bytes", file.bytes())
          .put("details", file.details());
    }
  }

  static LoadPackage read(String text) throws JsonProcessingException {
    JsonNode node = JSON.readTree(text);
    List<StagedTable> tables = new ArrayList<>();
    for (JsonNode table : node.required("tables")) {
      tables.add(table(table));
    }
    return new LoadPackage(
        new LoadId(node.required("load-id").asText()),
        node.required("pipeline").asText(),
        node.required("resource").asText(),
        node.required("destination").asText(),
        WriteDisposition.parse(node.required("disposition").asText()),
        RulesJson.read(node.path("rules")),
        SchemaJson.texts(node.required("key")),
        tables,
        Optional.ofNullable(node.get("quarantine")).map(PackageJson::table),
        ResourceState.Slice.parse(node.required("before").asText()),
        ResourceState.Slice.parse(node.required("after").asText()),
        JSON.treeToValue(node.required("counts"), LoadCounts.class),
        node.has(JUDGED_BY)
            ? OptionalLong.of(Long.parseLong(node.get(JUDGED_BY).asText()))
            : OptionalLong.empty());
  }

  /** What the load made of its contract, if it has one and the manifest tells. */
  static Optional<ContractResult> contract(String text) throws JsonProcessingException {
    JsonNode node = JSON.readTree(text).get(CONTRACT);
    return node == null
        ? Optional.empty()
        : Optional.of(JSON.treeToValue(node, ContractResult.class));
  }

  private static StagedTable table(JsonNode node) {
    List<StagedFile> files = new ArrayList<>();
    for (JsonNode file : node.required("files")) {
      files.add(
          new StagedFile(
              file.required("path").asText(),
              file.required("rows").asLong(),
              file.required("bytes").asLong(),
              file.required("details").asText()));
    }
    return new StagedTable(
        SchemaJson.read(node),
        node.required("uuid").asText(),
        node.required("location").asText(),
        files);
  }
}
