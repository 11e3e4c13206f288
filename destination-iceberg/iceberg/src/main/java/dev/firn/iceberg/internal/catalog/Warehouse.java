package dev.firn.iceberg.internal.catalog;

import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.internal.io.LocalPaths;

/** The {@code warehouse} of a catalog: where its tables lie. */
public final class Warehouse {
  private Warehouse() {}

  /**
   * The location; a relative path starts at the project's folder.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_CONFIG} when it is missing
   */
  public static String of(CatalogConfig config) {
    return at(config, config.required("warehouse"));
  }

  /** The location that a text means. */
  public static String at(CatalogConfig config, String warehouse) {
    return LocalPaths.isLocal(warehouse)
        ? LocalPaths.location(
            config.projectFolder().toAbsolutePath().resolve(LocalPaths.path(warehouse)).normalize())
        : warehouse;
  }
}
