package dev.firn.iceberg.internal.catalog;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Spelling;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.internal.io.Installed;
import java.util.Map;
import java.util.Optional;

/** The catalogs of the class path and of {@code plugins/}, by their types. */
public final class InstalledCatalogs {
  /** The type of a catalog that names none: a file under {@code .firn/}. */
  static final String DEFAULT_TYPE = "jdbc";

  private static final String PAGE = " (docs/catalogs.md)";

  // Firn's types whose jars the command does not carry.
  private static final Map<String, String> MODULES = Map.of("hive", "firn-catalog-hive");

  // The short names of Iceberg's CatalogUtil that are no types of Firn's.
  private static final Map<String, String> CLASSES =
      Map.of(
          "glue", "org.apache.iceberg.aws.glue.GlueCatalog",
          "dynamodb", "org.apache.iceberg.aws.dynamodb.DynamoDbCatalog",
          "bigquery", "org.apache.iceberg.gcp.bigquery.BigQueryMetastoreCatalog",
          "snowflake", "org.apache.iceberg.snowflake.SnowflakeCatalog",
          "ecs", "org.apache.iceberg.dell.ecs.EcsCatalog",
          "hadoop", "org.apache.iceberg.hadoop.HadoopCatalog");

  private InstalledCatalogs() {}

  /** All of them, sorted by type. */
  public static Map<String, CatalogProvider> byType() {
    return Installed.byName(CatalogProvider.class, CatalogProvider::type);
  }

  /**
   * The one that the settings name.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} with what to do about it
   */
  static CatalogProvider provider(CatalogConfig config) {
    Map<String, CatalogProvider> installed = byType();
    String type = config.value("type").orElse(DEFAULT_TYPE);
    CatalogProvider provider = installed.get(type);
    if (provider == null) {
      throw new FirnException(
          ErrorCode.UNKNOWN_TYPE,
          "No catalog type '%s'. Installed: %s."
              .formatted(type, String.join(", ", installed.keySet())),
          hint(type, installed, "catalogs.%s.type".formatted(config.name())));
    }
    return provider;
  }

  private static String hint(String type, Map<String, CatalogProvider> installed, String key) {
    if (MODULES.containsKey(type)) {
      return "Put the jars of %s into plugins/ beside pipeline.yaml%s, or correct %s."
          .formatted(MODULES.get(type), PAGE, key);
    }
    if (CLASSES.containsKey(type)) {
      return "Write class: %s instead of type, and put its jars into plugins/%s."
          .formatted(CLASSES.get(type), PAGE);
    }
    Optional<String> close = Spelling.closest(type, installed.keySet());
    return close.map(each -> "Did you mean '%s'? Or put".formatted(each)).orElse("Put")
        + " its jar into plugins/, or correct %s; any Iceberg catalog can be named by class%s."
            .formatted(key, PAGE);
  }
}
