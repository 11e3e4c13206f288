package dev.firn.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Where a pipeline's tables lie.
 *
 * @param type type of destination, {@code iceberg}
 * @param catalog the name of the catalog to use
 * @param settings the catalog's keys, templates filled in
 * @param namespace for tables named without one; empty: the pipeline's name
 */
public record DestinationSpec(
    String type, String catalog, JsonNode settings, Optional<String> namespace) {
  /** Tells no setting: there may be secrets among them. */
  @Override
  public String toString() {
    return "%s %s %s".formatted(type, catalog, namespace.orElse(""));
  }
}
