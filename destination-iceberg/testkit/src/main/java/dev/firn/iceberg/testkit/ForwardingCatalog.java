package dev.firn.iceberg.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;

/** A catalog around another one: it passes all through, the operations of tables by its own way. */
abstract class ForwardingCatalog implements Catalog, SupportsNamespaces, Closeable {
  private final Catalog inner;

  ForwardingCatalog(Catalog inner) {
    this.inner = inner;
  }

  /** Around the operations of a table that is loaded or created. */
  abstract TableOperations around(TableIdentifier name, TableOperations operations);

  /** The catalog behind this one. */
  public Catalog inner() {
    return inner;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    Table table = inner.loadTable(identifier);
    TableOperations operations = ((HasTableOperations) table).operations();
    return new BaseTable(around(identifier, operations), table.name());
  }

  @Override
  public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
    return new Builder(identifier, inner.buildTable(identifier, schema));
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return inner.listTables(namespace);
  }

  @Override
  public boolean dropTable(TableIdentifier identifier, boolean purge) {
    return inner.dropTable(identifier, purge);
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    inner.renameTable(from, to);
  }

  private SupportsNamespaces namespaces() {
    return (SupportsNamespaces) inner;
  }

  @Override
  public void createNamespace(Namespace namespace, Map<String, String> metadata) {
    namespaces().createNamespace(namespace, metadata);
  }

  @Override
  public List<Namespace> listNamespaces(Namespace namespace) {
    return namespaces().listNamespaces(namespace);
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
    return namespaces().loadNamespaceMetadata(namespace);
  }

  @Override
  public boolean dropNamespace(Namespace namespace) {
    return namespaces().dropNamespace(namespace);
  }

  @Override
  public boolean setProperties(Namespace namespace, Map<String, String> properties) {
    return namespaces().setProperties(namespace, properties);
  }

  @Override
  public boolean removeProperties(Namespace namespace, Set<String> properties) {
    return namespaces().removeProperties(namespace, properties);
  }

  @Override
  public void close() throws IOException {
    if (inner instanceof Closeable closeable) {
      closeable.close();
    }
  }

  private final class Builder implements TableBuilder {
    private final TableIdentifier identifier;
    private final TableBuilder builder;

    Builder(TableIdentifier identifier, TableBuilder builder) {
      this.identifier = identifier;
      this.builder = builder;
    }

    @Override
    public TableBuilder withPartitionSpec(PartitionSpec spec) {
      builder.withPartitionSpec(spec);
      return this;
    }

    @Override
    public TableBuilder withSortOrder(SortOrder sortOrder) {
      builder.withSortOrder(sortOrder);
      return this;
    }

    @Override
    public TableBuilder withLocation(String location) {
      builder.withLocation(location);
      return this;
    }

    @Override
    public TableBuilder withProperties(Map<String, String> properties) {
      builder.withProperties(properties);
      return this;
    }

    @Override
    public TableBuilder withProperty(String key, String value) {
      builder.withProperty(key, value);
      return this;
    }

    @Override
    public Table create() {
      return builder.create();
    }

    @Override
    public Transaction createTransaction() {
      BaseTransaction transaction = (BaseTransaction) builder.createTransaction();
      return Transactions.createTableTransaction(
          transaction.tableName(),
          around(identifier, transaction.underlyingOps()),
          transaction.currentMetadata());
    }

    @Override
    public Transaction replaceTransaction() {
      return builder.replaceTransaction();
    }

    @Override
    public Transaction createOrReplaceTransaction() {
      return builder.createOrReplaceTransaction();
    }
  }
}
