package dev.firn.iceberg.internal.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A few rows of a table as JSON. Times are ISO-8601, binary is base 64, JSON columns are JSON. */
final class RowSample {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Table table;
  private final Set<String> jsonColumns;

  RowSample(Table table, TableSchema schema) {
    this.table = table;
    this.jsonColumns =
        schema.columns().stream()
            .filter(column -> column.type() == DataType.Simple.JSON)
            .map(Column::name)
            .collect(Collectors.toSet());
  }

  List<String> read(int limit) {
    List<String> rows = new ArrayList<>();
    if (limit <= 0) {
      return rows;
    }
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record each : records) {
        rows.add(row(each, table.schema()).toString());
        if (rows.size() == limit) {
          break;
        }
      }
      return rows;
    } catch (IOException e) {
      throw CatalogFailure.of("Cannot read table " + table.name(), new UncheckedIOException(e));
    } catch (RuntimeException e) {
      throw CatalogFailure.of("Cannot read table " + table.name(), e);
    }
  }

  /** All rows; closing the stream ends the reading. */
  Stream<String> stream() {
    return stream(table.schema());
  }

  /** All rows with these columns alone. */
  Stream<String> stream(Set<String> columns) {
    return stream(table.schema().select(columns));
  }

  private Stream<String> stream(Schema projected) {
    CloseableIterable<Record> records = IcebergGenerics.read(table).project(projected).build();
    return StreamSupport.stream(records.spliterator(), false)
        .map(each -> row(each, projected).toString())
        .onClose(() -> close(records));
  }

  private void close(CloseableIterable<Record> records) {
    try {
      records.close();
    } catch (IOException e) {
      throw CatalogFailure.of("Cannot read table " + table.name(), new UncheckedIOException(e));
    }
  }

  // By name: with deletion vectors the reader adds a column of its own at the end.
  private ObjectNode row(Record row, Schema projected) {
    ObjectNode node = NODES.objectNode();
    for (Types.NestedField field : projected.columns()) {
      Object value = row.getField(field.name());
      JsonNode cell =
          value instanceof CharSequence text && jsonColumns.contains(field.name())
              ? json(text.toString())
              : value(value);
      node.set(field.name(), cell);
    }
    return node;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return NODES.textNode(text);
    }
  }

  private static JsonNode value(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof Boolean bool) {
      return NODES.booleanNode(bool);
    } else if (value instanceof Integer number) {
      return NODES.numberNode(number);
    } else if (value instanceof Long number) {
      return NODES.numberNode(number);
    } else if (value instanceof Float number) {
      return Float.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
    } else if (value instanceof Double number) {
      return Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
    } else if (value instanceof BigDecimal number) {
      return NODES.numberNode(number);
    }
    return composite(value);
  }

  private static JsonNode composite(Object value) {
    if (value instanceof ByteBuffer bytes) {
      return NODES.textNode(Base64.getEncoder().encodeToString(array(bytes)));
    } else if (value instanceof byte[] bytes) {
      return NODES.textNode(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(element -> array.add(value(element)));
      return array;
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode node = NODES.objectNode();
      map.forEach((key, element) -> node.set(String.valueOf(key), value(element)));
      return node;
    } else if (value instanceof Record struct) {
      ObjectNode node = NODES.objectNode();
      struct
          .struct()
          .fields()
          .forEach(field -> node.set(field.name(), value(struct.getField(field.name()))));
      return node;
    }
    return NODES.textNode(text(value));
  }

  /** Times with their seconds, also when these are 0; the text of dates and UUIDs is the usual. */
  private static String text(Object value) {
    if (value instanceof OffsetDateTime instant) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant);
    } else if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    } else if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    return value.toString();
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
