package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;

/**
 * The tables that a package touches: those it brings and, unless it only appends, the child tables
 * that the root has had before.
 */
final class PackageTables {
  private final CommitContext context;
  private final List<StagedTable> children = new ArrayList<>();
  private final Map<TableName, FileFitting> fittings = new LinkedHashMap<>();

  PackageTables(CommitContext context, Optional<TableMetadata> root) {
    this.context = context;
    LoadPackage load = context.load();
    children.addAll(load.tables().subList(1, load.tables().size()));
    if (load.disposition() != WriteDisposition.APPEND) {
      root.map(table -> LiveTables.children(table.properties())).orElse(List.of()).stream()
          .filter(name -> children.stream().noneMatch(each -> each.schema().name().equals(name)))
          .toList()
          .forEach(
              name -> context.current(name).ifPresent(table -> children.add(bare(name, table))));
    }
    fittings.put(root().schema().name(), new FileFitting(root(), context.folder()));
    children.forEach(
        each -> fittings.put(each.schema().name(), new FileFitting(each, context.folder())));
    quarantine()
        .ifPresent(
            each -> fittings.put(each.schema().name(), new FileFitting(each, context.folder())));
  }

  /** The table that takes what the root does not. */
  Optional<StagedTable> quarantine() {
    return context.load().quarantine();
  }

  // As if the load had brought the table without rows and as it is.
  private static StagedTable bare(TableName name, TableMetadata table) {
    return new StagedTable(
        LiveTables.schema(name, table), table.uuid(), table.location(), List.of());
  }

  StagedTable root() {
    return context.load().root();
  }

  List<StagedTable> children() {
    return children;
  }

  /** The files of a table; re-made ones are remembered from round to round. */
  FileFitting fitting(StagedTable table) {
    return Objects.requireNonNull(fittings.get(table.schema().name()));
  }

  /** Whether files were re-made, so that those in whose place they are serve nobody. */
  boolean refitted() {
    return fittings.values().stream().anyMatch(FileFitting::refitted);
  }

  TableTask task(StagedTable table, TableRole role, int plan, TableTask.RowPlan rows) {
    return new TableTask(table, fitting(table), role, plan, rows);
  }
}
