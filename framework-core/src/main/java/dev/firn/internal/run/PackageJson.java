package dev.firn.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.load.LoadCounts;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Column;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.SortField;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A package's manifest as JSON text. */
final class PackageJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PackageJson() {}

  static String write(LoadPackage load) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", 1)
        .put("load-id", load.loadId().value())
        .put("pipeline", load.pipeline())
        .put("resource", load.resource())
        .put("destination", load.destination())
        .put("disposition", load.disposition().word());
    load.key().forEach(node.putArray("key")::add);
    ArrayNode tables = node.putArray("tables");
    load.tables().forEach(table -> write(table, tables.addObject()));
    node.put(
        "before", new ResourceState(0, load.before().cursor(), load.before().files(), "").toJson());
    node.put(
        "after", new ResourceState(0, load.after().cursor(), load.after().files(), "").toJson());
    node.set("counts", JSON.valueToTree(load.counts()));
    return node.toPrettyString();
  }

  private static void write(StagedTable table, ObjectNode node) {
    TableSchema schema = table.schema();
    node.put("name", schema.name().toString());
    ArrayNode columns = node.putArray("columns");
    for (Column column : schema.columns()) {
      ObjectNode each = columns.addObject();
      each.put("name", column.name())
          .put("type", column.type().word())
          .put("required", column.required());
      column.sourcePaths().forEach(each.putArray("paths")::add);
    }
    schema.key().forEach(node.putArray("key")::add);
    ArrayNode partitions = node.putArray("partition-by");
    schema.partitionBy().forEach(field -> partitions.add(field.toString()));
    settings(schema.settings(), node.putObject("settings"));
    node.set("rename-columns", JSON.valueToTree(schema.edits().renames()));
    schema.edits().drops().forEach(node.putArray("drop-columns")::add);
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

  private static void settings(TableSettings settings, ObjectNode node) {
    node.put("format-version", settings.formatVersion())
        .put("target-file-size", settings.targetFileSize());
    settings.sortBy().forEach(field -> node.withArray("sort-by").add(field.toString()));
    settings.bloomFilters().forEach(node.putArray("bloom-filters")::add);
    node.set("metrics", JSON.valueToTree(settings.metrics()));
    node.set("properties", JSON.valueToTree(settings.properties()));
  }

  private static TableSettings settings(JsonNode node) {
    return new TableSettings(
        node.required("format-version").asInt(),
        texts(node.path("sort-by")).stream().map(SortField::parse).toList(),
        node.required("target-file-size").asLong(),
        texts(node.required("bloom-filters")),
        map(node.required("metrics")),
        map(node.required("properties")));
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
        texts(node.required("key")),
        tables,
        ResourceState.parse(node.required("before").asText()).slice(),
        ResourceState.parse(node.required("after").asText()).slice(),
        JSON.treeToValue(node.required("counts"), LoadCounts.class));
  }

  private static StagedTable table(JsonNode node) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : node.required("columns")) {
      columns.add(
          new Column(
              column.required("name").asText(),
              DataType.parse(column.required("type").asText()).orElseThrow(),
              column.required("required").asBoolean(),
              texts(column.required("paths"))));
    }
    List<PartitionField> partitions =
        texts(node.required("partition-by")).stream().map(PartitionField::parse).toList();
    List<StagedFile> files = new ArrayList<>();
    for (JsonNode file : node.required("files")) {
      files.add(
          new StagedFile(
              file.required("path").asText(),
              file.required("rows").asLong(),
              file.required("bytes").asLong(),
              file.required("details").asText()));
    }
    TableName name = TableName.parse(node.required("name").asText());
    ColumnEdits edits =
        new ColumnEdits(map(node.required("rename-columns")), texts(node.required("drop-columns")));
    TableSchema schema =
        new TableSchema(
            name,
            columns,
            texts(node.required("key")),
            partitions,
            settings(node.required("settings")),
            edits);
    return new StagedTable(
        schema, node.required("uuid").asText(), node.required("location").asText(), files);
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
