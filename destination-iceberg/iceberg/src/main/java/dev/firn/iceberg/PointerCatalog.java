package dev.firn.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.io.FileIO;

/**
 * A catalog on any {@link PointerStore}: a namespace is the name {@code namespace/a/b}, a table the
 * name {@code table/a/b/orders} with the place of its metadata under it. Namespaces have no
 * properties, and tables keep their names, because that would take two changes in one step.
 */
public final class PointerCatalog extends BaseMetastoreCatalog implements SupportsNamespaces {
  private static final String TABLE = "table/";
  private static final String NAMESPACE = "namespace/";

  private final String name;
  private final PointerStore store;
  private final String warehouse;
  private final FileIO io;

  /**
   * A catalog for the settings of a pipeline.
   *
   * @param store closed with the catalog, if it is closeable
   * @param warehouse the location below which new tables lie
   */
  public PointerCatalog(CatalogConfig config, PointerStore store, String warehouse) {
    this.name = config.name();
    this.store = store;
    this.warehouse = warehouse;
    Map<String, String> storage = config.storage();
    String type = String.valueOf(storage.get(CatalogProperties.FILE_IO_IMPL));
    this.io = CatalogUtil.loadFileIO(type, storage, /* hadoopConf= */ null);
  }

  @Override
  public String name() {
    return name;
  }

  private static String key(Namespace namespace) {
    return NAMESPACE + path(namespace.levels());
  }

  private static String key(TableIdentifier table) {
    return TABLE + path(table);
  }

  private static String path(TableIdentifier table) {
    return path(longer(table.namespace().levels(), table.name()));
  }

  private static String path(String[] parts) {
    for (String part : parts) {
      if (part.isEmpty() || part.indexOf('/') >= 0) {
        throw new IllegalArgumentException("'%s' is no name in this catalog.".formatted(part));
      }
    }
    return String.join("/", parts);
  }

  private static String[] longer(String[] levels, String level) {
    String[] longer = Arrays.copyOf(levels, levels.length + 1);
    longer[levels.length] = level;
    return longer;
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier table) {
    return new PointerOperations(store, key(table), table, io);
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier table) {
    return warehouse + "/" + path(table);
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    requireNamespace(namespace);
    return below(TABLE, namespace).map(last -> TableIdentifier.of(namespace, last)).toList();
  }

  @Override
  public List<Namespace> listNamespaces(Namespace parent) {
    requireNamespace(parent);
    return below(NAMESPACE, parent)
        .map(last -> Namespace.of(longer(parent.levels(), last)))
        .toList();
  }

  // The last parts of the names right below a namespace.
  private Stream<String> below(String kind, Namespace parent) {
    String prefix = kind + (parent.isEmpty() ? "" : path(parent.levels()) + "/");
    return store.names(prefix).stream()
        .map(each -> each.substring(prefix.length()))
        .filter(each -> each.indexOf('/') < 0);
  }

  private void requireNamespace(Namespace namespace) {
    if (!namespace.isEmpty() && store.read(key(namespace)).isEmpty()) {
      throw new NoSuchNamespaceException("Namespace does not exist: %s", namespace);
    }
  }

  @Override
  public boolean dropTable(TableIdentifier table, boolean purge) {
    TableMetadata last = purge ? newTableOps(table).current() : null;
    if (!remove(key(table))) {
      return false;
    }
    if (last != null) {
      CatalogUtil.dropTableData(io, last);
    }
    return true;
  }

  // Whatever the pointer is by now; false: there was none.
  private boolean remove(String key) {
    Optional<String> seen = store.read(key);
    while (seen.isPresent() && !store.swap(key, seen, Optional.empty())) {
      seen = store.read(key);
    }
    return seen.isPresent();
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    throw new UnsupportedOperationException("This catalog cannot rename tables.");
  }

  @Override
  public void createNamespace(Namespace namespace, Map<String, String> metadata) {
    if (!metadata.isEmpty()) {
      throw new UnsupportedOperationException("Namespaces of this catalog have no properties.");
    }
    if (!store.swap(key(namespace), Optional.empty(), Optional.of(""))) {
      throw new AlreadyExistsException("Namespace already exists: %s", namespace);
    }
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
    requireNamespace(namespace);
    return Map.of();
  }

  @Override
  public boolean dropNamespace(Namespace namespace) {
    if (Stream.of(TABLE, NAMESPACE).anyMatch(kind -> below(kind, namespace).count() > 0)) {
      throw new NamespaceNotEmptyException("Namespace is not empty: %s", namespace);
    }
    return store.swap(key(namespace), Optional.of(""), Optional.empty());
  }

  @Override
  public boolean setProperties(Namespace namespace, Map<String, String> properties) {
    throw new UnsupportedOperationException("Namespaces of this catalog have no properties.");
  }

  @Override
  public boolean removeProperties(Namespace namespace, Set<String> properties) {
    throw new UnsupportedOperationException("Namespaces of this catalog have no properties.");
  }

  @Override
  public void close() throws IOException {
    super.close();
    io.close();
    if (store instanceof Closeable closeable) {
      closeable.close();
    }
  }
}
