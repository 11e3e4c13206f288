package dev.firn.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.Additions;
import dev.firn.schema.Column;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.SortField;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Table schemas in packages and plans, every part of them. */
final class SchemaJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ADDITIONS = "may-add";

  private SchemaJson() {}

  static void write(TableSchema schema, ObjectNode node) {
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
    texts(node, "partition-by", schema.partitionBy());
    settings(schema.settings(), node.putObject("settings"));
    node.set("rename-columns", JSON.valueToTree(schema.edits().renames()));
    texts(node, "drop-columns", schema.edits().drops());
    schema
        .additions()
        .names()
        .ifPresent(names -> texts(node, ADDITIONS, names.stream().sorted().toList()));
  }

  private static void settings(TableSettings settings, ObjectNode node) {
    node.put(TableSettings.FORMAT_VERSION, settings.formatVersion())
        .put(TableSettings.TARGET_FILE_SIZE, settings.targetFileSize());
    texts(node, TableSettings.SORT_BY, settings.sortBy());
    texts(node, TableSettings.BLOOM_FILTERS, settings.bloomFilters());
    node.set(TableSettings.METRICS, JSON.valueToTree(settings.metrics()));
    node.set(TableSettings.PROPERTIES, JSON.valueToTree(settings.properties()));
  }

  private static void texts(ObjectNode node, String key, List<?> values) {
    ArrayNode texts = node.putArray(key);
    values.forEach(value -> texts.add(value.toString()));
  }

  static TableSchema read(JsonNode node) {
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
    return new TableSchema(
        TableName.parse(node.required("name").asText()),
        columns,
        texts(node.required("key")),
        partitions,
        settings(node.required("settings")),
        new ColumnEdits(map(node.required("rename-columns")), texts(node.required("drop-columns"))),
        node.has(ADDITIONS)
            ? Additions.only(Set.copyOf(texts(node.path(ADDITIONS))))
            : Additions.ANY);
  }

  private static TableSettings settings(JsonNode node) {
    return new TableSettings(
        node.required(TableSettings.FORMAT_VERSION).asInt(),
        texts(node.required(TableSettings.SORT_BY)).stream().map(SortField::parse).toList(),
        node.required(TableSettings.TARGET_FILE_SIZE).asLong(),
        texts(node.required(TableSettings.BLOOM_FILTERS)),
        map(node.required(TableSettings.METRICS)),
        map(node.required(TableSettings.PROPERTIES)));
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
