package dev.firn.iceberg.internal.metadata;

import dev.firn.destination.LiveTable;
import dev.firn.destination.MetadataService;
import dev.firn.destination.SnapshotInfo;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.CatalogFailure;
import dev.firn.iceberg.internal.catalog.TableNames;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.schema.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers from the catalog, always fresh. */
public final class IcebergMetadata implements MetadataService {
  private static final Logger log = LoggerFactory.getLogger(IcebergMetadata.class);

  private final Tables tables;

  public IcebergMetadata(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<LiveTable> current(TableName name) {
    return tables.load(name).map(table -> LiveTables.of(name, table.operations().current()));
  }

  @Override
  public boolean replaceProperty(TableName name, String key, Optional<String> seen, String next) {
    return tables.change(name).filter(change -> replace(change, key, seen, next)).isPresent();
  }

  // One attempt: whoever asks looks again after a conflict.
  private static boolean replace(
      BaseTransaction change, String key, Optional<String> seen, String next) {
    TableMetadata base = change.startMetadata();
    if (!Optional.ofNullable(base.properties().get(key)).equals(seen)) {
      return false;
    }
    change.updateProperties().set(key, next).commit();
    try {
      change.underlyingOps().commit(base, change.currentMetadata());
      return true;
    } catch (CommitFailedException e) {
      return false;
    } catch (RuntimeException e) {
      throw CatalogFailure.of("Cannot set a property of a table", e);
    }
  }

  @Override
  public List<TableName> tables() {
    List<TableName> names = new ArrayList<>();
    try {
      collect(Namespace.empty(), names);
    } catch (RuntimeException e) {
      throw CatalogFailure.of("Cannot list tables", e);
    }
    names.sort(Comparator.comparing(TableName::toString));
    return names;
  }

  // A namespace may be gone by now, or be nobody's business.
  private void collect(Namespace namespace, List<TableName> names) {
    try {
      if (!namespace.isEmpty()) {
        tables.catalog().listTables(namespace).forEach(each -> names.add(TableNames.name(each)));
      }
      if (tables.catalog() instanceof SupportsNamespaces namespaces) {
        namespaces.listNamespaces(namespace).forEach(each -> collect(each, names));
      }
    } catch (NoSuchNamespaceException | ForbiddenException e) {
      if (namespace.isEmpty()) {
        throw e;
      }
      log.warn("Namespace {} cannot be listed: {}", namespace, e.getMessage());
    }
  }

  @Override
  public List<SnapshotInfo> history(TableName name) {
    List<SnapshotInfo> history = new ArrayList<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(existing(name))) {
      history.add(
          new SnapshotInfo(
              snapshot.snapshotId(),
              Instant.ofEpochMilli(snapshot.timestampMillis()),
              snapshot.operation(),
              snapshot.summary()));
    }
    return history;
  }

  @Override
  public List<String> sample(TableName name, int limit) {
    BaseTable table = existing(name);
    return new RowSample(table, LiveTables.schema(name, table.operations().current())).read(limit);
  }

  @Override
  public Stream<String> rows(TableName name) {
    BaseTable table = existing(name);
    return new RowSample(table, LiveTables.schema(name, table.operations().current())).stream();
  }

  @Override
  public Stream<String> rows(TableName name, Set<String> columns) {
    BaseTable table = existing(name);
    return new RowSample(table, LiveTables.schema(name, table.operations().current()))
        .stream(columns);
  }

  private BaseTable existing(TableName name) {
    return tables
        .load(name)
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "There is no table " + name + ".",
                    "List the tables with `firn table list`."));
  }
}
