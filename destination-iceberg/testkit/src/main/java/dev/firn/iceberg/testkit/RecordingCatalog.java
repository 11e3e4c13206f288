package dev.firn.iceberg.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A catalog that remembers what was asked of it. Each list holds a table once for each time, in
 * order.
 */
public final class RecordingCatalog extends ForwardingCatalog {
  private final List<TableIdentifier> loads = new CopyOnWriteArrayList<>();
  private final List<TableIdentifier> refreshes = new CopyOnWriteArrayList<>();
  private final List<TableIdentifier> commits = new CopyOnWriteArrayList<>();
  private final List<Namespace> listings = new CopyOnWriteArrayList<>();

  public RecordingCatalog(Catalog inner) {
    super(inner);
  }

  /** Tables that were loaded, or asked for in vain. */
  public List<TableIdentifier> loads() {
    return loads;
  }

  /** Tables of which it was asked whether they had moved. */
  public List<TableIdentifier> refreshes() {
    return refreshes;
  }

  /** Tables to which a commit was sent. */
  public List<TableIdentifier> commits() {
    return commits;
  }

  /** Namespaces whose tables were listed. */
  public List<Namespace> listings() {
    return listings;
  }

  /** Forgets all. */
  public void forget() {
    loads.clear();
    refreshes.clear();
    commits.clear();
    listings.clear();
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    loads.add(identifier);
    return super.loadTable(identifier);
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    listings.add(namespace);
    return super.listTables(namespace);
  }

  @Override
  TableOperations around(TableIdentifier name, TableOperations operations) {
    return new ForwardingOperations(operations) {
      @Override
      public TableMetadata refresh() {
        refreshes.add(name);
        return super.refresh();
      }

      @Override
      public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
        commits.add(name);
        super.commit(base, metadata);
      }
    };
  }
}
