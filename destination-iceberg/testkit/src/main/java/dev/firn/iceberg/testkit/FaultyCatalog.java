package dev.firn.iceberg.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
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
import org.apache.iceberg.io.FileIO;

/**
 * A catalog that does to commits what a test asks for, in order; without a request it passes all
 * through to another catalog. It shows what Firn does when such a thing happens, not how often it
 * does.
 */
public final class FaultyCatalog implements Catalog, SupportsNamespaces, Closeable {
  private final Catalog inner;
  private final Deque<CommitFault> faults = new ArrayDeque<>();
  private final Deque<Runnable> before = new ArrayDeque<>();
  private final Deque<Runnable> beforeRefresh = new ArrayDeque<>();
  private UnaryOperator<FileIO> storage = UnaryOperator.identity();
  private int commits;

  public FaultyCatalog(Catalog inner) {
    this.inner = inner;
  }

  /** The next commits meet these faults, one each. */
  public FaultyCatalog next(CommitFault... scheduled) {
    faults.addAll(List.of(scheduled));
    return this;
  }

  /** Forgets the faults that were not met. */
  public FaultyCatalog calm() {
    faults.clear();
    return this;
  }

  /** Runs once, right before the next commit is passed on: another writer's turn. */
  public FaultyCatalog beforeNextCommit(Runnable action) {
    before.add(action);
    return this;
  }

  /** Runs once, right before a table is next refreshed: another writer's turn between two looks. */
  public FaultyCatalog beforeNextRefresh(Runnable action) {
    beforeRefresh.add(action);
    return this;
  }

  void refreshing() {
    Runnable action = beforeRefresh.poll();
    if (action != null) {
      action.run();
    }
  }

  /** Tables read and write through this storage. */
  public FaultyCatalog storage(UnaryOperator<FileIO> wrapper) {
    storage = wrapper;
    return this;
  }

  /** Commits that were sent so far, those that failed included. */
  public int commits() {
    return commits;
  }

  /** The catalog behind this one, which never fails on request. */
  public Catalog inner() {
    return inner;
  }

  FileIO storage(FileIO io) {
    return storage.apply(io);
  }

  /** What the commit that is being sent meets; nothing when it is to pass. */
  java.util.Optional<CommitFault> sending() {
    commits++;
    Runnable action = before.poll();
    if (action != null) {
      action.run();
    }
    return java.util.Optional.ofNullable(faults.poll());
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    Table table = inner.loadTable(identifier);
    TableOperations operations = ((HasTableOperations) table).operations();
    return new BaseTable(new FaultyOperations(operations, this), table.name());
  }

  @Override
  public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
    return new FaultyBuilder(inner.buildTable(identifier, schema));
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

  private final class FaultyBuilder implements TableBuilder {
    private final TableBuilder builder;

    FaultyBuilder(TableBuilder builder) {
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
          new FaultyOperations(transaction.underlyingOps(), FaultyCatalog.this),
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
