package dev.firn.iceberg;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.pipeline.DestinationSpec;
import java.util.Map;
import java.util.Optional;

/** Iceberg destinations for pipelines in code. */
public final class Iceberg {
  private Iceberg() {}

  /**
   * Tables of a catalog.
   *
   * @param name the catalog's name
   * @param settings the keys that a catalog has in {@code pipeline.yaml}, such as {@code type},
   *     {@code uri} and {@code warehouse}; values may be maps and lists
   */
  public static DestinationSpec catalog(String name, Map<String, ?> settings) {
    return new DestinationSpec(
        "iceberg", name, new ObjectMapper().valueToTree(settings), Optional.empty());
  }
}
