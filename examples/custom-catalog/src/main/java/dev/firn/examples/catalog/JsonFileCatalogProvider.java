package dev.firn.examples.catalog;

import dev.firn.destination.Capability;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.iceberg.PointerCatalog;
import java.nio.file.Path;
import org.apache.iceberg.catalog.Catalog;

/** Catalogs of type {@code json-file}: {@code path} is the folder of the file and of its tables. */
public final class JsonFileCatalogProvider implements CatalogProvider {
  @Override
  public String type() {
    return "json-file";
  }

  @Override
  public CatalogCapabilities capabilities() {
    return CatalogCapabilities.of(Capability.NESTED_NAMESPACES, Capability.FORMAT_V3);
  }

  @Override
  public String identity(CatalogConfig config) {
    return type() + " " + config.location(config.required("path"));
  }

  @Override
  public Catalog open(CatalogConfig config) {
    Path path = config.projectFolder().toAbsolutePath().resolve(config.required("path"));
    return new PointerCatalog(config, new JsonFile(path.resolve("catalog.json")), "file://" + path);
  }
}
