package dev.firn.destination;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * What a destination is made from.
 *
 * @param name the catalog's name in {@code catalogs}
 * @param settings the catalog's own keys, templates filled in
 * @param projectFolder where {@code pipeline.yaml} is; relative paths start here
 */
public record DestinationConfig(String name, JsonNode settings, Path projectFolder) {
  /** Tells no setting: there may be secrets among them. */
  @Override
  public String toString() {
    return "destination " + name;
  }
}
