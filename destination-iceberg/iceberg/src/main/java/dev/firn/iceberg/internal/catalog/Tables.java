package dev.firn.iceberg.internal.catalog;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.schema.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** The tables of one catalog, by Firn's names. */
public final class Tables {
  private final Catalog catalog;
  private final TableNames names;
  private final CatalogCapabilities capabilities;
  private final TableCache cache;
  private final Map<Namespace, List<TableIdentifier>> listed = new ConcurrentHashMap<>();

  public Tables(OpenCatalog opened) {
    this.catalog = opened.catalog();
    this.names = opened.names();
    this.capabilities = opened.capabilities();
    this.cache = new TableCache(opened.cached());
  }

  public Catalog catalog() {
    return catalog;
  }

  /**
   * The table as the catalog holds it at this moment. It stays as it is until it is refreshed.
   *
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} or {@code CATALOG_LOCKED}; {@code
   *     INVALID_CONFIG} when the catalog cannot hold a table of that name
   */
  public Optional<BaseTable> load(TableName name) {
    TableIdentifier identifier = names.identifier(name);
    try {
      return Optional.of(
          cache.current(identifier, () -> base(name, catalog.loadTable(identifier))));
    } catch (NoSuchTableException | NoSuchNamespaceException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw CatalogFailure.of("Cannot load table " + name, e);
    }
  }

  /**
   * Begins a change of the table as the catalog holds it at this moment: the commit replaces this
   * and nothing else.
   *
   * @throws FirnException as {@link #load} does
   */
  public Optional<BaseTransaction> change(TableName name) {
    return load(name).map(Tables::change);
  }

  /** Begins a change of a table as it was seen when it was loaded, without another look at it. */
  public static BaseTransaction change(BaseTable loaded) {
    return (BaseTransaction)
        Transactions.newTransaction(
            loaded.name(), ((LoadedOperations) loaded.operations()).pinned());
  }

  private static BaseTable base(TableName name, Table table) {
    if (table instanceof BaseTable base) {
      return base;
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Table %s is a %s, which cannot be committed to."
            .formatted(name, table.getClass().getSimpleName()),
        "Name a table, not a view or metadata table.");
  }

  /**
   * Begins to create a table that is not there; nothing is visible before its commit.
   *
   * @throws AlreadyExistsException when there is one by now
   * @throws FirnException {@code INVALID_CONFIG} when the catalog cannot hold such a table
   */
  public BaseTransaction create(TableName name, NewTable table) {
    TableFit.check(capabilities, name, table);
    BaseTransaction created = attempt("Cannot create table " + name, () -> begin(name, table));
    TableFit.checkFormat(name, table, created.currentMetadata());
    TableFit.checkLocation(name, created.currentMetadata().location());
    return created;
  }

  // A server may want the namespace before it says where a table in it is to lie.
  private BaseTransaction begin(TableName name, NewTable table) {
    try {
      return transaction(name, table);
    } catch (NoSuchNamespaceException e) {
      createNamespace(name);
      return transaction(name, table);
    }
  }

  private BaseTransaction transaction(TableName name, NewTable table) {
    Catalog.TableBuilder builder =
        catalog
            .buildTable(names.identifier(name), table.schema())
            .withPartitionSpec(table.spec())
            .withSortOrder(table.order())
            .withProperties(table.properties());
    table.location().ifPresent(builder::withLocation);
    return (BaseTransaction) builder.createTransaction();
  }

  /**
   * The tables in a root's namespace whose names begin as those of its child tables do. A namespace
   * is listed once; of one that may not be listed nothing is known. Names of children that were
   * shortened are not found.
   */
  public List<TableName> below(TableName root) {
    String start = root.name() + "__";
    Namespace namespace = names.identifier(root).namespace();
    return listed.computeIfAbsent(namespace, this::list).stream()
        .map(TableIdentifier::name)
        .filter(name -> name.startsWith(start))
        .map(name -> new TableName(root.namespace(), name))
        .toList();
  }

  private List<TableIdentifier> list(Namespace namespace) {
    try {
      return catalog.listTables(namespace);
    } catch (NoSuchNamespaceException | ForbiddenException | UnsupportedOperationException e) {
      return List.of();
    } catch (RuntimeException e) {
      throw CatalogFailure.of("Cannot list the tables of " + namespace, e);
    }
  }

  /** Drops a table with its files, if it is there. */
  public void drop(TableName name) {
    attempt("Cannot drop table " + name, () -> catalog.dropTable(names.identifier(name), true));
    cache.forget(names.identifier(name));
  }

  /**
   * Checks that the catalog can hold a format version; 0: any.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  public void requireFormat(TableName name, int version) {
    TableFit.checkFormat(capabilities, name, version);
  }

  /**
   * Checks that a table may have a schema. A catalog that has limits of its own tells them where it
   * would begin to build the table.
   *
   * @throws FirnException {@code INVALID_CONFIG} naming what the catalog cannot hold
   */
  public void requireFit(TableName name, Schema schema) {
    TableFit.checkTypes(capabilities, name, schema);
    attempt("Cannot store table " + name, () -> catalog.buildTable(names.identifier(name), schema));
  }

  /**
   * What a table is created with.
   *
   * @param location where it is to lie; empty: where the catalog puts it
   */
  public record NewTable(
      Schema schema,
      PartitionSpec spec,
      SortOrder order,
      Optional<String> location,
      Map<String, String> properties) {
    public NewTable {
      properties = Map.copyOf(properties);
    }
  }

  /** Creates the namespace of a table and those above it, where they are missing. */
  public void createNamespace(TableName name) {
    if (catalog instanceof SupportsNamespaces namespaces) {
      TableIdentifier identifier = names.identifier(name);
      attempt(
          "Cannot create namespace " + identifier.namespace(),
          () -> create(namespaces, identifier.namespace()));
    }
  }

  private static boolean create(SupportsNamespaces namespaces, Namespace namespace) {
    String[] levels = namespace.levels();
    for (int depth = 1; depth <= levels.length; depth++) {
      Namespace each = Namespace.of(Arrays.copyOf(levels, depth));
      if (!namespaces.namespaceExists(each)) {
        try {
          namespaces.createNamespace(each);
        } catch (RuntimeException e) {
          // Another writer may have been faster; not every catalog says so.
          if (!(e instanceof AlreadyExistsException) && !namespaces.namespaceExists(each)) {
            throw e;
          }
        }
      }
    }
    return true;
  }

  private static <T> T attempt(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (AlreadyExistsException e) {
      throw e;
    } catch (RuntimeException e) {
      throw CatalogFailure.of(what, e);
    }
  }
}
