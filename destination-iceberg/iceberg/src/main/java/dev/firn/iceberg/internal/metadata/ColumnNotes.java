package dev.firn.iceberg.internal.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * What an Iceberg schema cannot say about columns, by field id: the source's spellings, and which
 * text is JSON. Kept in the property {@code firn.columns} as {@code {"3": {"paths": ["user.id"],
 * "type": "json"}}}.
 */
record ColumnNotes(Map<Integer, Note> byId) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Note NONE = new Note(List.of(), false);

  ColumnNotes {
    byId = Map.copyOf(byId);
  }

  /** What is noted about one column. */
  record Note(List<String> paths, boolean json) {
    Note {
      paths = List.copyOf(paths);
    }
  }

  Note of(int fieldId) {
    return byId.getOrDefault(fieldId, NONE);
  }

  /** The notes for a schema, its columns found by name among those of a table. */
  static ColumnNotes of(TableSchema columns, Schema schema) {
    Map<Integer, Note> notes = new TreeMap<>();
    for (Column column : columns.columns()) {
      Types.NestedField field = schema.asStruct().field(column.name());
      boolean json = column.type() == DataType.Simple.JSON;
      if (field != null && (json || !column.sourcePaths().isEmpty())) {
        notes.put(field.fieldId(), new Note(column.sourcePaths(), json));
      }
    }
    return new ColumnNotes(notes);
  }

  /** These notes, those of the other in front of them. */
  ColumnNotes with(ColumnNotes other) {
    Map<Integer, Note> notes = new TreeMap<>(byId);
    notes.putAll(other.byId);
    return new ColumnNotes(notes);
  }

  /** Reads the property; one that is damaged says nothing. */
  static ColumnNotes parse(String text) {
    Map<Integer, Note> notes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : read(text).properties()) {
      List<String> paths = new ArrayList<>();
      field.getValue().path("paths").forEach(path -> paths.add(path.asText()));
      boolean json = field.getValue().path("type").asText().equals(DataType.Simple.JSON.word());
      notes.put(Integer.parseInt(field.getKey()), new Note(paths, json));
    }
    return new ColumnNotes(notes);
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    new TreeMap<>(byId)
        .forEach(
            (id, note) -> {
              ObjectNode node = root.putObject(Integer.toString(id));
              ArrayNode paths = node.putArray("paths");
              note.paths().forEach(paths::add);
              if (note.json()) {
                node.put("type", DataType.Simple.JSON.word());
              }
            });
    return root.toString();
  }
}
