package dev.firn.iceberg.internal.io;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.StorageConfig;
import dev.firn.iceberg.StorageProvider;
import java.util.Map;
import java.util.Optional;

/** The installed storages. */
public final class Storages {
  /** Schemes of storages that Firn has a module for. */
  private static final Map<String, String> TYPES =
      Map.of(
          "s3", "s3", "s3a", "s3", "s3n", "s3", "gs", "gcs", "abfs", "adls", "abfss", "adls",
          "wasb", "adls", "wasbs", "adls");

  private Storages() {}

  private static Map<String, StorageProvider> installed() {
    return Installed.byName(StorageProvider.class, StorageProvider::type);
  }

  /**
   * The section of a catalog as properties for Iceberg.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} when the storage is not installed, {@code
   *     INVALID_CONFIG} when a setting is missing or wrong
   */
  public static Map<String, String> properties(StorageConfig config) {
    Map<String, StorageProvider> installed = installed();
    StorageProvider provider = installed.get(config.required("type"));
    if (provider == null) {
      throw new FirnException(
          ErrorCode.UNKNOWN_TYPE,
          "No storage type '%s'. Installed: %s."
              .formatted(config.required("type"), names(installed)),
          "Add the jars of firn-storage-%s to plugins/ or correct catalogs.%s.storage.type."
              .formatted(config.required("type"), config.catalog()));
    }
    return provider.properties(config);
  }

  private static String names(Map<String, StorageProvider> installed) {
    return installed.isEmpty() ? "local files only" : String.join(", ", installed.keySet());
  }

  /**
   * Checks that a location can be read and written.
   *
   * @throws FirnException {@code UNKNOWN_TYPE} when the jars of its storage are missing
   */
  public static void requireInstalled(String location) {
    if (LocalPaths.isLocal(location)) {
      return;
    }
    String scheme = location.substring(0, location.indexOf(':'));
    String type = TYPES.get(scheme);
    if (type != null
        && installed().values().stream().noneMatch(each -> each.schemes().contains(scheme))) {
      throw new FirnException(
          ErrorCode.UNKNOWN_TYPE,
          "Nothing installed reads and writes '%s:', where %s lies.".formatted(scheme, location),
          "Add the jars of firn-storage-%s to plugins/.".formatted(type));
    }
  }

  /** What a failure of a storage's client means for users, if it is one. */
  public static Optional<FirnException> failure(String what, Throwable cause) {
    return installed().values().stream()
        .flatMap(each -> each.failure(what, cause).stream())
        .findFirst();
  }
}
