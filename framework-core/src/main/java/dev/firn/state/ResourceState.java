package dev.firn.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import java.util.Optional;

/**
 * The state of one resource of one pipeline, a value of the root table's property {@link #key}.
 *
 * @param version grows by one with each commit
 * @param files what a file source tracks, opaque here
 * @param loadId the load that wrote it
 */
public record ResourceState(
    long version, Optional<CursorState> cursor, Optional<String> files, String loadId) {
  /** The state before the first load. */
  public static final ResourceState NONE =
      new ResourceState(0, Optional.empty(), Optional.empty(), "");

  /** The newest form of the text that this version of Firn understands. */
  private static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The table property that holds the state: {@code firn.state.<pipeline>.<resource>}. */
  public static String key(String pipeline, String resource) {
    return "firn.state." + pipeline + "." + resource;
  }

  /** The part that a load reads and moves on: everything but version and load id. */
  public Slice slice() {
    return new Slice(cursor, files);
  }

  /** This state after a load: the version one higher, the slice replaced. */
  public ResourceState advance(Slice slice, String byLoad) {
    return new ResourceState(version + 1, slice.cursor(), slice.files(), byLoad);
  }

  /** What two loads of one resource may not both move. */
  public record Slice(Optional<CursorState> cursor, Optional<String> files) {
    public static final Slice NONE = new Slice(Optional.empty(), Optional.empty());
  }

  /** The JSON text of the property. */
  public String toJson() {
    ObjectNode node =
        JSON.createObjectNode().put("format", FORMAT).put("version", version).put("load", loadId);
    cursor.ifPresent(value -> node.set("cursor", toNode(value)));
    files.ifPresent(value -> node.put("files", value));
    return node.toString();
  }

  private static ObjectNode toNode(CursorState cursor) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("column", cursor.column())
            .put("type", cursor.type().word())
            .put("value", cursor.value());
    if (cursor.boundaryOmitted()) {
      return node.put("boundary-omitted", true);
    }
    return node.put("boundary", PackedHashes.write(cursor.boundary()));
  }

  /**
   * Reads the property's text.
   *
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} when it is no state, {@code
   *     INVALID_CONFIG} when a newer Firn wrote it
   */
  public static ResourceState parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      requireKnown(node);
      return new ResourceState(
          node.path("version").asLong(),
          node.has("cursor") ? Optional.of(cursor(node.path("cursor"))) : Optional.empty(),
          node.has("files") ? Optional.of(node.path("files").asText()) : Optional.empty(),
          node.path("load").asText());
    } catch (JsonProcessingException | IllegalArgumentException e) {
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

  private static CursorState cursor(JsonNode node) {
    return new CursorState(
        node.path("column").asText(),
        DataType.parse(node.path("type").asText()).orElse(DataType.Simple.STRING),
        node.path("value").asText(),
        PackedHashes.read(node.path("boundary")),
        node.path("boundary-omitted").asBoolean());
  }
}
