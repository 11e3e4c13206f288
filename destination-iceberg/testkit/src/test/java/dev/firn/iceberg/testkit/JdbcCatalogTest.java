package dev.firn.iceberg.testkit;

import dev.firn.iceberg.CatalogProvider;
import java.util.ServiceLoader;

class JdbcCatalogTest extends CatalogSuite {
  @Override
  protected CatalogProvider provider() {
    return ServiceLoader.load(CatalogProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.type().equals("jdbc"))
        .findFirst()
        .orElseThrow();
  }
}
