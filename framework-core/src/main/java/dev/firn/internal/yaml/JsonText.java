package dev.firn.internal.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.firn.internal.yaml.ConfigNode.Entry;
import dev.firn.internal.yaml.ConfigNode.Listing;
import dev.firn.internal.yaml.ConfigNode.Scalar;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.internal.yaml.ConfigNode.Style;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON text into nodes with their places, as {@link YamlText} reads YAML. */
final class JsonText {
  private static final int MAX_DEPTH = 200;
  private static final int MOST_EXPONENT = 38;

  /** In messages about limits: a method that nobody here can call. */
  private static final Pattern JACKSON_SETTING = Pattern.compile(", from `[^`]*`");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final String where;
  private final Problems problems;
  private final JsonParser parser;

  private JsonText(String where, Problems problems, JsonParser parser) {
    this.where = where;
    this.problems = problems;
    this.parser = parser;
  }

  /** The object that a file holds; empty, with problems noted, when there is none. */
  static Section read(String where, String text, Problems problems) {
    Origin start = new Origin(where, 1, 1);
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonText(where, problems, parser).file(start);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible); // it reads from memory
    }
  }

  private Section file(Origin start) throws IOException {
    try {
      parser.nextToken();
      ConfigNode node = node();
      if (parser.nextToken() == null && node instanceof Section section) {
        return section;
      }
      problems.add(start, "Expected one JSON object.", "");
    } catch (JsonProcessingException broken) {
      JsonLocation place = broken.getLocation();
      String what = JACKSON_SETTING.matcher(broken.getOriginalMessage()).replaceAll("");
      problems.add(
          origin(where, place == null ? parser.currentTokenLocation() : place),
          "Not valid JSON: " + what,
          "");
    }
    return Section.empty(start);
  }

  private ConfigNode node() throws IOException {
    Origin origin = origin(where, parser.currentTokenLocation());
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return section(origin);
    } else if (token == JsonToken.START_ARRAY) {
      return listing(origin);
    } else if (token == JsonToken.VALUE_STRING) {
      return new Scalar(parser.getText(), Style.QUOTED, origin);
    }
    return new Scalar(token == null ? "" : plain(token), Style.PLAIN, origin);
  }

  private String plain(JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_FLOAT) {
      return parser.getText();
    }
    BigDecimal number = parser.getDecimalValue();
    boolean short_ = Math.abs((long) number.scale()) <= MOST_EXPONENT;
    return short_ ? number.toPlainString() : parser.getText();
  }

  private ConfigNode listing(Origin origin) throws IOException {
    List<ConfigNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node());
    }
    return new Listing(items, origin);
  }

  private ConfigNode section(Origin origin) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Origin place = origin(where, parser.currentTokenLocation());
      String key = Objects.requireNonNull(parser.currentName());
      parser.nextToken();
      Entry first = entries.putIfAbsent(key, new Entry(place, node()));
      if (first != null) {
        problems.add(
            place, "The key '" + key + "' is here twice.", "First at " + first.key() + ".");
      }
    }
    return new Section(entries, origin);
  }

  private static Origin origin(String where, @Nullable JsonLocation location) {
    return location == null
        ? new Origin(where, 1, 1)
        : new Origin(where, location.getLineNr(), location.getColumnNr());
  }
}
