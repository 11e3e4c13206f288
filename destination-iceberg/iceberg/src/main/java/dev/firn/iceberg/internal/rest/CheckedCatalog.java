package dev.firn.iceberg.internal.rest;

import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RESTUtil;

/**
 * Iceberg's REST catalog, whose commits are refused when the table's schema or default spec is not
 * the one they were built on. Iceberg's own requests name them only when they change them: after
 * another engine has dropped a column and made it anew, a server would take files under its old id,
 * and all their values would read as nulls.
 */
final class CheckedCatalog extends RESTCatalog {
  /**
   * @param known answers to keep; empty: none are
   */
  CheckedCatalog(Optional<KnownTables> known) {
    super(
        properties ->
            new CheckedClient(
                HTTPClient.builder(properties)
                    .uri(properties.get(CatalogProperties.URI))
                    .withHeaders(RESTUtil.configHeaders(properties))
                    .build(),
                known));
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    Table table = super.loadTable(identifier);
    return table instanceof BaseTable loaded
        ? new BaseTable(
            new CheckedOperations(loaded.operations()), loaded.name(), loaded.reporter())
        : table;
  }
}
