package dev.firn.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.States.KnownState;
import dev.firn.schema.TableName;
import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of a pipeline as one JSON document, to be kept or carried elsewhere. */
public final class StateFile {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private StateFile() {}

  public static String write(String pipeline, List<KnownState> states) {
    ObjectNode document = JSON.createObjectNode().put("format", FORMAT).put("pipeline", pipeline);
    ArrayNode resources = document.putArray("resources");
    for (KnownState each : states) {
      ObjectNode node = resources.addObject();
      node.put("resource", each.resource()).put("table", each.table().toString());
      try {
        node.set("state", JSON.readTree(each.state().toJson()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A state's text is JSON.", e);
      }
    }
    return document.toPrettyString();
  }

  /**
   * Reads {@link #write}.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it is none, a newer Firn's, or another
   *     pipeline's
   */
  public static List<KnownState> read(String pipeline, String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw refused("It is no JSON: " + e.getOriginalMessage(), e);
    }
    int format = document.path("format").asInt();
    if (format > FORMAT) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The state file has format %d, which a newer Firn wrote; this one knows format %d."
              .formatted(format, FORMAT),
          "Upgrade Firn. Nothing was changed.");
    } else if (format < 1 || !document.path("resources").isArray()) {
      throw refused("It is no state file.", null);
    } else if (!document.path("pipeline").asText().equals(pipeline)) {
      throw refused(
          "It is of pipeline '%s', not of '%s'."
              .formatted(document.path("pipeline").asText(), pipeline),
          null);
    }
    List<KnownState> states = new ArrayList<>();
    for (JsonNode each : document.path("resources")) {
      states.add(
          new KnownState(
              each.path("resource").asText(),
              TableName.parse(each.path("table").asText()),
              ResourceState.parse(each.path("state").toString())));
    }
    return states;
  }

  private static FirnException refused(String why, @Nullable Exception e) {
    String message = "The state file cannot be used. " + why;
    String hint = "Give a file that 'firn state export' wrote. Nothing was changed.";
    return e == null
        ? new FirnException(ErrorCode.INVALID_CONFIG, message, hint)
        : new FirnException(ErrorCode.INVALID_CONFIG, message, hint, e);
  }
}
