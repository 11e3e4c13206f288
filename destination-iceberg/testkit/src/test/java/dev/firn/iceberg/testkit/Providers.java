package dev.firn.iceberg.testkit;

import dev.firn.iceberg.CatalogProvider;
import java.util.ServiceLoader;

/** The installed catalogs. */
final class Providers {
  private Providers() {}

  static CatalogProvider of(String type) {
    return ServiceLoader.load(CatalogProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.type().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
