package dev.firn.iceberg.testkit;

import dev.firn.iceberg.CatalogProvider;

class JdbcMergeTest extends MergeSuite {
  @Override
  protected CatalogProvider provider() {
    return new JdbcCatalogTest().provider();
  }
}
