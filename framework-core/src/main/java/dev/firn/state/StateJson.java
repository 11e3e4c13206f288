package dev.firn.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.state.LoadedWindows.Entry;
import dev.firn.state.LoadedWindows.Progress;
import dev.firn.state.LoadedWindows.Window;
import dev.firn.state.ResourceState.Slice;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** States and their slices as JSON text. */
final class StateJson {
  /** The newest form that this version of Firn understands. */
  private static final int FORMAT = 1;

  private static final String CURSOR = "cursor";
  private static final String FILES = "files";
  private static final String WINDOWS = "windows";
  private static final String WINDOW = "window";
  private static final String DONE = "done";
  private static final String OPEN = "open";
  private static final String BOUNDARY = "boundary";
  private static final String OMITTED = "boundary-omitted";
  private static final ObjectMapper JSON = new ObjectMapper();

  private StateJson() {}

  static String write(ResourceState state) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT).put("version", state.version()).put("load", state.loadId());
    put(node, state.cursor(), state.files());
    if (!state.windows().isEmpty()) {
      write(state.windows(), node.putObject(WINDOWS));
    }
    return node.toString();
  }

  static String write(Slice slice) {
    ObjectNode node = JSON.createObjectNode().put("format", FORMAT);
    put(node, slice.cursor(), slice.files());
    slice
        .window()
        .ifPresent(
            entry ->
                node.putArray(WINDOW)
                    .add(entry.window().start().toString())
                    .add(entry.window().end().toString())
                    .add(entry.progress().name()));
    return node.toString();
  }

  private static void put(ObjectNode node, Optional<CursorState> cursor, Optional<String> files) {
    cursor.ifPresent(value -> node.set(CURSOR, toNode(value)));
    files.ifPresent(value -> node.put(FILES, value));
  }

  private static ObjectNode toNode(CursorState cursor) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("column", cursor.column())
            .put("type", cursor.type().word())
            .put("value", cursor.value());
    if (cursor.boundaryOmitted()) {
      return node.put(OMITTED, true);
    }
    return node.put(BOUNDARY, PackedHashes.write(cursor.boundary()));
  }

  private static void write(LoadedWindows windows, ObjectNode node) {
    ArrayNode done = node.putArray(DONE);
    windows.done().forEach(each -> times(done.addArray(), each));
    ArrayNode open = node.putArray(OPEN);
    windows.open().forEach(each -> times(open.addArray(), each));
  }

  private static void times(ArrayNode node, Window window) {
    node.add(window.start().toString()).add(window.end().toString());
  }

  static ResourceState state(String json) {
    return read(
        json,
        node ->
            new ResourceState(
                node.path("version").asLong(),
                cursor(node),
                files(node),
                windows(node.path(WINDOWS)),
                node.path("load").asText()));
  }

  static Slice slice(String json) {
    return read(json, node -> new Slice(cursor(node), files(node), entry(node.path(WINDOW))));
  }

  private static <T> T read(String json, Function<JsonNode, T> reader) {
    try {
      JsonNode node = JSON.readTree(json);
      requireKnown(node);
      return reader.apply(node);
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "The table's Firn state is not readable: " + json,
          "Restore the property from an older metadata file, or reset the state.",
          e);
    }
  }

  private static void requireKnown(JsonNode node) {
    int format = node.path("format").asInt(FORMAT);
    if (format > FORMAT) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The state has format %d, which a newer Firn wrote; this one knows format %d."
              .formatted(format, FORMAT),
          "Upgrade Firn where this pipeline runs. Nothing was changed.");
    }
  }

  private static Optional<String> files(JsonNode node) {
    return node.has(FILES) ? Optional.of(node.path(FILES).asText()) : Optional.empty();
  }

  private static Optional<CursorState> cursor(JsonNode node) {
    if (!node.has(CURSOR)) {
      return Optional.empty();
    }
    JsonNode cursor = node.path(CURSOR);
    return Optional.of(
        new CursorState(
            cursor.path("column").asText(),
            DataType.parse(cursor.path("type").asText()).orElse(DataType.Simple.STRING),
            cursor.path("value").asText(),
            PackedHashes.read(cursor.path(BOUNDARY)),
            cursor.path(OMITTED).asBoolean()));
  }

  private static LoadedWindows windows(JsonNode node) {
    List<Window> done = new ArrayList<>();
    node.path(DONE).forEach(each -> done.add(window(each)));
    Set<Window> open = new TreeSet<>();
    node.path(OPEN).forEach(each -> open.add(window(each)));
    return new LoadedWindows(done, open);
  }

  private static Optional<Entry> entry(JsonNode node) {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    Progress progress = Progress.valueOf(node.path(2).asText());
    return Optional.of(new Entry(window(node), progress));
  }

  private static Window window(JsonNode times) {
    return new Window(Instant.parse(times.path(0).asText()), Instant.parse(times.path(1).asText()));
  }
}
