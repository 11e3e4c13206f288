package dev.firn.iceberg.internal.parquet;

import java.util.Map;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;

/**
 * What is known about a file only when its load is sealed.
 *
 * @param schema the table's schema with its final field ids; columns that a file does not hold are
 *     left out of its footer
 * @param metrics which metrics to keep per column
 * @param properties further key-value pairs for the footer
 */
public record FooterSchema(Schema schema, MetricsConfig metrics, Map<String, String> properties) {
  /** Copies the properties. */
  public FooterSchema {
    properties = Map.copyOf(properties);
  }

  /** A footer without further properties. */
  public static FooterSchema of(Schema schema, MetricsConfig metrics) {
    return new FooterSchema(schema, metrics, Map.of());
  }
}
