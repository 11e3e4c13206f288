package dev.firn.iceberg.internal.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.firn.destination.LiveTable;
import dev.firn.schema.Additions;
import dev.firn.schema.Column;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;

/** Reads an Iceberg table's metadata as Firn sees it. */
public final class LiveTables {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LiveTables() {}

  public static LiveTable of(TableName name, TableMetadata metadata) {
    Snapshot snapshot = metadata.currentSnapshot();
    return new LiveTable(
        schema(name, metadata),
        columnIds(metadata.schema()),
        metadata.uuid(),
        metadata.location(),
        metadata.properties(),
        children(metadata.properties()),
        snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()),
        rows(metadata));
  }

  private static Map<String, Integer> columnIds(Schema schema) {
    Map<String, Integer> ids = new HashMap<>();
    schema.columns().forEach(field -> ids.put(field.name(), field.fieldId()));
    return ids;
  }

  /** The schema; columns of types that Firn does not write are left out. */
  public static TableSchema schema(TableName name, TableMetadata metadata) {
    Schema schema = metadata.schema();
    ColumnNotes notes =
        ColumnNotes.parse(metadata.properties().getOrDefault(FirnProperties.COLUMNS, "{}"));
    List<Column> columns = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      ColumnNotes.Note note = notes.of(field.fieldId());
      TypeMapping.fromIceberg(field.type())
          .map(type -> note.json() && type == DataType.Simple.STRING ? DataType.Simple.JSON : type)
          .map(type -> new Column(field.name(), type, field.isRequired(), note.paths()))
          .ifPresent(columns::add);
    }
    return new TableSchema(
        name,
        columns,
        key(schema),
        Partitions.fields(schema, metadata.spec()),
        WantedProperties.settings(metadata),
        ColumnEdits.NONE,
        Additions.ANY);
  }

  // Identifier fields are a set; the table's column order makes a list of them.
  private static List<String> key(Schema schema) {
    return schema.columns().stream()
        .filter(field -> schema.identifierFieldIds().contains(field.fieldId()))
        .map(Types.NestedField::name)
        .toList();
  }

  /** Live rows by the snapshot's summary, or nothing where it cannot tell. */
  public static OptionalLong rows(TableMetadata metadata) {
    Snapshot snapshot = metadata.currentSnapshot();
    if (snapshot == null) {
      return OptionalLong.of(0);
    }
    return rows(snapshot.summary());
  }

  /**
   * Whether the table surely holds no row. The number of rows does not tell: two deletes may name
   * the same row, so that as many deletes as rows leave some alive.
   */
  public static boolean isEmpty(TableMetadata metadata) {
    Snapshot snapshot = metadata.currentSnapshot();
    return snapshot == null
        || "0".equals(snapshot.summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP));
  }

  /** Live rows; where equality deletes hide their number, all rows in data files. */
  public static long total(TableMetadata metadata) {
    Snapshot snapshot = metadata.currentSnapshot();
    return rows(metadata)
        .orElseGet(
            () ->
                snapshot == null
                    ? 0
                    : number(snapshot.summary(), SnapshotSummary.TOTAL_RECORDS_PROP));
  }

  private static OptionalLong rows(Map<String, String> summary) {
    String records = summary.get(SnapshotSummary.TOTAL_RECORDS_PROP);
    // An equality delete removes an unknown number of rows.
    if (records == null || number(summary, SnapshotSummary.TOTAL_EQ_DELETES_PROP) > 0) {
      return OptionalLong.empty();
    }
    long deleted = number(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP);
    return OptionalLong.of(Math.max(0, Long.parseLong(records) - deleted));
  }

  private static long number(Map<String, String> summary, String key) {
    return Long.parseLong(summary.getOrDefault(key, "0"));
  }

  /** The child tables that a root's properties name. */
  public static List<TableName> children(Map<String, String> properties) {
    List<TableName> children = new ArrayList<>();
    for (JsonNode name : array(properties.getOrDefault(FirnProperties.CHILDREN, "[]"))) {
      children.add(TableName.parse(name.asText()));
    }
    return children;
  }

  private static JsonNode array(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.createArrayNode();
    }
  }

  /** The value of {@code firn.children}. */
  public static String childrenJson(Collection<TableName> children) {
    ArrayNode array = JSON.createArrayNode();
    TreeSet<String> names = new TreeSet<>();
    children.forEach(child -> names.add(child.toString()));
    names.forEach(array::add);
    return array.toString();
  }
}
