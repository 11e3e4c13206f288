package dev.firn.iceberg.internal.rest;

import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProbe;
import dev.firn.iceberg.CatalogProvider;
import java.net.URI;
import java.util.List;
import org.apache.iceberg.catalog.Catalog;

/** A type that stands for {@code rest} with settings of its own. */
abstract class RestPreset implements CatalogProvider {
  private final RestCatalogProvider rest = new RestCatalogProvider();

  /** The same catalog as settings of {@code rest}. */
  abstract CatalogConfig spelledOut(CatalogConfig config);

  @Override
  public CatalogCapabilities capabilities() {
    return rest.capabilities();
  }

  @Override
  public void check(CatalogConfig config) {
    rest.check(spelledOut(config));
  }

  @Override
  public List<URI> servers(CatalogConfig config) {
    return rest.servers(spelledOut(config));
  }

  @Override
  public boolean oneServerIsEnough() {
    return rest.oneServerIsEnough();
  }

  @Override
  public List<CatalogProbe> probes(CatalogConfig config) {
    return rest.probes(spelledOut(config));
  }

  @Override
  public Catalog open(CatalogConfig config) {
    return rest.open(spelledOut(config));
  }

  @Override
  public String identity(CatalogConfig config) {
    return rest.identity(spelledOut(config));
  }
}
