package dev.firn.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.internal.normalize.Names;
import dev.firn.source.NamingRules.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The normalizer's rules for a table that does not exist yet, written down as they are told and
 * with everything in memory: first the rows of all tables with the values as they came, then for
 * each column the type of all its values, then the values in that type.
 */
final class ReferenceNormalizer {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Pattern CANONICAL =
      Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,15})?");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)"
              + "(Z|[+-]\\d{2}(?::?\\d{2})?)?");

  private final Names names = new Names(Style.SNAKE_CASE, 255);

  /** By table: the path that made it, its level, and its columns' values as they came. */
  private final Map<String, Table> tables = new LinkedHashMap<>();

  private final List<Row> roots = new ArrayList<>();
  private boolean collided;

  /** A number as it is spelled. */
  private record Num(String text) {}

  private record Row(Map<String, Object> values, Map<String, List<Row>> lists) {}

  private static final class Table {
    final String path;
    final int level;
    boolean parent;
    final Map<String, String> paths = new HashMap<>();
    final Map<String, List<Object>> values = new TreeMap<>();

    Table(String path, int level) {
      this.path = path;
      this.level = level;
    }
  }

  /** What the tables hold after the records; empty when two source paths meet in one name. */
  static Optional<Contents> contents(String root, List<String> records) {
    ReferenceNormalizer reference = new ReferenceNormalizer();
    for (String record : records) {
      reference.roots.add(reference.row(root, "", 0, parse(record)));
    }
    return reference.collided ? Optional.empty() : Optional.of(reference.contents(root));
  }

  // First pass: rows with values as they came

  private Row row(String table, String tablePath, int level, Object value) {
    Table found = tables.computeIfAbsent(table, name -> new Table(tablePath, level));
    collided |= !found.path.equals(tablePath);
    Row row = new Row(new TreeMap<>(), new TreeMap<>());
    if (value instanceof Map<?, ?> object) {
      flatten(table, found, row, List.of(), object);
    } else {
      put(
          table,
          found,
          row,
          List.of(value instanceof List<?> && level > 0 ? "list" : "value"),
          value);
    }
    return row;
  }

  private void flatten(String table, Table found, Row row, List<String> path, Map<?, ?> object) {
    object.forEach(
        (key, value) -> {
          List<String> longer = new ArrayList<>(path);
          longer.add((String) key);
          put(table, found, row, longer, value);
        });
  }

  private void put(String table, Table found, Row row, List<String> path, Object value) {
    if (value instanceof Map<?, ?> object) {
      flatten(table, found, row, path, object);
    } else if (value instanceof List<?> list) {
      String child = table + "__" + names.joined(path);
      for (Object element : list) {
        found.parent = true;
        Row childRow = row(child, found.path + "/" + path, found.level + 1, element);
        row.lists().computeIfAbsent(child, name -> new ArrayList<>()).add(childRow);
      }
    } else if (value != null) {
      String column = names.column(path);
      collided |=
          !path.toString().equals(found.paths.computeIfAbsent(column, c -> path.toString()));
      row.values().put(column, value);
      found.values.computeIfAbsent(column, name -> new ArrayList<>()).add(value);
    }
  }

  // Second pass: types

  private static String type(List<Object> values) {
    boolean bool = false;
    boolean time = false;
    boolean number = false;
    List<String> numbers = new ArrayList<>();
    List<String> strings = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Boolean) {
        bool = true;
      } else if (value instanceof Num num) {
        number = true;
        numbers.add(num.text());
      } else if (micros((String) value).isPresent()) {
        time = true;
      } else {
        strings.add((String) value);
      }
    }
    int kinds = (bool ? 1 : 0) + (time ? 1 : 0) + (number ? 1 : 0) + (strings.isEmpty() ? 0 : 1);
    if (kinds == 1) {
      return bool ? "boolean" : time ? "timestamp" : number ? numeric(numbers) : "string";
    } else if (kinds == 2 && number && !strings.isEmpty() && all(strings, CANONICAL)) {
      numbers.addAll(strings);
      return numeric(numbers);
    } else if (kinds == 2
        && bool
        && all(strings, Pattern.compile("true|false"))
        && !time
        && !number) {
      return "boolean";
    }
    return "string";
  }

  private static boolean all(List<String> strings, Pattern pattern) {
    return strings.stream().allMatch(text -> pattern.matcher(text).matches());
  }

  private static String numeric(List<String> numbers) {
    boolean fraction = false;
    boolean big = false;
    for (String text : numbers) {
      boolean whole = text.matches("-?[0-9]+");
      if (whole && text.replace("-", "").length() > 38) {
        return "string";
      } else if (!whole && Double.isInfinite(Double.parseDouble(text))) {
        return "string";
      }
      fraction |= !whole;
      big |= whole && new BigDecimal(text).toBigInteger().bitLength() > 63;
    }
    return fraction ? "double" : big ? "decimal(38,0)" : "long";
  }

  private static Optional<String> micros(String text) {
    Matcher parts = DATE_TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      ZoneOffset offset = parts.group(3) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(3));
      return Optional.of(
          LocalDate.parse(parts.group(1))
              .atTime(LocalTime.parse(parts.group(2)))
              .toInstant(offset)
              .truncatedTo(ChronoUnit.MICROS)
              .toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  // Third pass: values in their types

  private Contents contents(String root) {
    SortedMap<String, SortedMap<String, String>> columns = new TreeMap<>();
    tables.forEach((name, table) -> columns.put(name, columns(table)));
    List<String> records =
        roots.stream().map(row -> tree(root, row, columns).toString()).sorted().toList();
    return new Contents(columns, records);
  }

  private static SortedMap<String, String> columns(Table table) {
    SortedMap<String, String> columns = new TreeMap<>();
    table.values.forEach((name, values) -> columns.put(name, type(values)));
    if (table.level == 0) {
      columns.put("_firn_load_id", "string");
    } else {
      columns.put("_firn_parent_id", "string");
      columns.put("_firn_list_idx", "long");
    }
    if (table.level > 1) {
      columns.put("_firn_root_id", "string");
    }
    if (table.parent) {
      columns.put("_firn_id", "string");
    }
    return columns;
  }

  private static SortedMap<String, Object> tree(
      String table, Row row, SortedMap<String, SortedMap<String, String>> columns) {
    SortedMap<String, Object> tree = values(table, row, columns);
    SortedMap<String, SortedMap<String, Object>> lists = new TreeMap<>();
    addLists(row, List.of(), columns, lists);
    tree.putAll(lists);
    return tree;
  }

  private static void addLists(
      Row row,
      List<Integer> indexes,
      SortedMap<String, SortedMap<String, String>> columns,
      SortedMap<String, SortedMap<String, Object>> lists) {
    row.lists()
        .forEach(
            (child, rows) -> {
              for (int i = 0; i < rows.size(); i++) {
                List<Integer> place = new ArrayList<>(indexes);
                place.add(i);
                Object values = values(child, rows.get(i), columns);
                lists.computeIfAbsent(child, name -> new TreeMap<>()).put(place.toString(), values);
                addLists(rows.get(i), place, columns, lists);
              }
            });
  }

  private static SortedMap<String, Object> values(
      String table, Row row, SortedMap<String, SortedMap<String, String>> columns) {
    SortedMap<String, Object> values = new TreeMap<>();
    row.values()
        .forEach((name, value) -> values.put(name, node(value, columns.get(table).get(name))));
    return values;
  }

  private static Object node(Object value, String type) {
    String text = value instanceof Num num ? num.text() : value.toString();
    Object converted =
        switch (type) {
          case "long" -> Long.parseLong(text);
          case "double" -> Double.parseDouble(text);
          case "decimal(38,0)" -> new BigDecimal(text);
          case "boolean" -> Boolean.parseBoolean(text);
          case "timestamp" -> micros(text).orElseThrow();
          default -> text;
        };
    try {
      return Contents.canonical(JSON.readTree(JSON.writeValueAsString(converted)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // JSON with its numbers as they are spelled

  private static Object parse(String json) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return value(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          object.put(key, value(parser));
        }
        return object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        return list;
      }
      case VALUE_STRING -> {
        return parser.getText();
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return parser.getBooleanValue();
      }
      case VALUE_NULL -> {
        return null;
      }
      default -> {
        return new Num(parser.getText());
      }
    }
  }
}
