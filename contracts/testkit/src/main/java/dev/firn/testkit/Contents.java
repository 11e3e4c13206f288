package dev.firn.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.destination.LiveTable;
import dev.firn.destination.MetadataService;
import dev.firn.schema.Column;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a root table and its child tables hold, in a form that two loads of the same records share:
 * columns by name, and each root row as one tree with the rows of its lists, found by their links.
 * Ids, load ids and hashes themselves are left out.
 *
 * @param columns type words by table and column
 * @param records one text a root row, sorted
 */
public record Contents(SortedMap<String, SortedMap<String, String>> columns, List<String> records) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private record Row(TableName table, JsonNode node) {
    String text(String column) {
      return node.path(column).asText("");
    }
  }

  /** Where a child row stands: its root's id, and the position in each list on the way down. */
  private record Place(String root, List<Long> indexes) {
    Place below(Row row) {
      List<Long> longer = new ArrayList<>(indexes);
      longer.add(row.node().path(SystemColumns.LIST_INDEX).asLong());
      return new Place(root, longer);
    }
  }

  /** The contents now. */
  public static Contents of(MetadataService metadata, TableName root) {
    SortedMap<String, SortedMap<String, String>> columns = new TreeMap<>();
    List<Row> roots = new ArrayList<>();
    List<Row> children = new ArrayList<>();
    for (TableName name : family(metadata, root)) {
      columns.put(name.toString(), columns(metadata.current(name).orElseThrow()));
      for (String line : metadata.sample(name, Integer.MAX_VALUE)) {
        (name.equals(root) ? roots : children).add(new Row(name, parse(line)));
      }
    }
    return new Contents(columns, new Linked(roots, children).records());
  }

  /** Rows and the links between them. */
  private static final class Linked {
    private final List<Row> roots;
    private final Map<String, Row> byId = new HashMap<>();
    private final Map<String, SortedMap<String, SortedMap<String, Object>>> lists = new HashMap<>();

    Linked(List<Row> roots, List<Row> children) {
      this.roots = roots;
      for (Row row : children) {
        byId.put(row.text(SystemColumns.ID), row);
      }
      for (Row row : children) {
        Place place = place(row);
        lists
            .computeIfAbsent(place.root(), id -> new TreeMap<>())
            .computeIfAbsent(row.table().toString(), table -> new TreeMap<>())
            .put(place.indexes().toString(), values(row));
      }
    }

    /** Rows of one list position have ids alike in all tables, so any of them tells the place. */
    private Place place(Row row) {
      String parentId = row.text(SystemColumns.PARENT_ID);
      Row parent = byId.get(parentId);
      return (parent == null ? new Place(parentId, List.of()) : place(parent)).below(row);
    }

    List<String> records() {
      return roots.stream().map(this::record).sorted().toList();
    }

    private String record(Row row) {
      SortedMap<String, Object> record = values(row);
      String id = row.text(SystemColumns.ID);
      record.putAll(id.isEmpty() ? Map.of() : lists.getOrDefault(id, new TreeMap<>()));
      return record.toString();
    }
  }

  private static List<TableName> family(MetadataService metadata, TableName root) {
    List<TableName> names = new ArrayList<>();
    metadata
        .current(root)
        .ifPresent(
            table -> {
              names.add(root);
              names.addAll(table.children());
            });
    return names;
  }

  private static SortedMap<String, String> columns(LiveTable table) {
    SortedMap<String, String> columns = new TreeMap<>();
    for (Column column : table.schema().columns()) {
      columns.put(column.name(), column.type().word());
    }
    return columns;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("A row is no JSON: " + line, e);
    }
  }

  private static SortedMap<String, Object> values(Row row) {
    SortedMap<String, Object> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : row.node().properties()) {
      if (!SystemColumns.reserved(field.getKey()) && !field.getValue().isNull()) {
        values.put(field.getKey(), canonical(field.getValue()));
      }
    }
    return values;
  }

  /** Text as JSON, and a number in the one spelling that all equal ones share. */
  static String canonical(JsonNode value) {
    if (!value.isNumber()) {
      return value.toString();
    }
    BigDecimal number = value.decimalValue();
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Rows of the root. */
  public int size() {
    return records.size();
  }
}
