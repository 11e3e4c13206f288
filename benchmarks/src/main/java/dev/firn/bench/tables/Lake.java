package dev.firn.bench.tables;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.iceberg.CatalogConfig;
import dev.firn.iceberg.CatalogProvider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/** An SQLite catalog with empty tables, and a warehouse on this machine's disk. */
record Lake(Path folder, int tables) {
  static final String NAMESPACE = "shop";

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "name", Types.StringType.get()),
          Types.NestedField.optional(3, "price", Types.DoubleType.get()));

  /** Makes the tables. */
  void create() throws IOException {
    Catalog catalog = open();
    ((SupportsNamespaces) catalog).createNamespace(Namespace.of(NAMESPACE));
    for (int i = 0; i < tables; i++) {
      catalog.createTable(name(i), SCHEMA);
    }
    close(catalog);
  }

  /** As Firn opens it, with Firn's storage: both sides make their files as durable. */
  Catalog open() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    return ServiceLoader.load(CatalogProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.type().equals("jdbc"))
        .findFirst()
        .orElseThrow()
        .open(new CatalogConfig("lake", settings, folder));
  }

  static void close(Catalog catalog) throws IOException {
    ((Closeable) catalog).close();
  }

  static TableIdentifier name(int table) {
    return TableIdentifier.of(NAMESPACE, "t" + table);
  }

  /** Rows in all tables, by the summaries of their snapshots. */
  long rows() throws IOException {
    Catalog catalog = open();
    long rows = 0;
    for (int i = 0; i < tables; i++) {
      rows +=
          Long.parseLong(
              catalog.loadTable(name(i)).currentSnapshot().summary().get("total-records"));
    }
    close(catalog);
    return rows;
  }
}
