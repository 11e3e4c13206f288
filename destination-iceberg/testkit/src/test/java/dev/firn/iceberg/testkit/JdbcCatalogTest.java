package dev.firn.iceberg.testkit;

import dev.firn.iceberg.CatalogProvider;

class JdbcCatalogTest extends CatalogSuite {
  @Override
  protected CatalogProvider provider() {
    return Providers.of("jdbc");
  }
}
