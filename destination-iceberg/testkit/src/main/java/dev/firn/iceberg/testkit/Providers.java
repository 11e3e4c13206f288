package dev.firn.iceberg.testkit;

import dev.firn.iceberg.CatalogProvider;
import java.util.ServiceLoader;

/** The installed catalogs. */
public final class Providers {
  private Providers() {}

  /** The one of a type; fails where there is none. */
  public static CatalogProvider of(String type) {
    return ServiceLoader.load(CatalogProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.type().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
