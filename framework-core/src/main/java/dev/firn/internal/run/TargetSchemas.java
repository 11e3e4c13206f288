package dev.firn.internal.run;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.LoadSummary;
import dev.firn.internal.normalize.LoadSummary.TableRows;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.Additions;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.SchemaDiff;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The schemas that a load's tables must have: what is there, and what the load adds. */
final class TargetSchemas {
  private final ResourceSpec resource;
  private final Evolution evolution;
  private final Normalizer normalizer;
  private final Map<TableName, LiveTable> live;
  private final Optional<LiveTable> root;
  private final List<String> warnings = new ArrayList<>();

  TargetSchemas(Task task, Normalizer normalizer, List<LiveTable> live) {
    this.resource = task.resource();
    this.evolution = task.evolution();
    this.normalizer = normalizer;
    this.live = LiveTables.byName(live);
    this.root = live.isEmpty() ? Optional.empty() : Optional.of(live.get(0));
  }

  /** What a user should know of {@link #of}: where known tables are not as the load describes. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  boolean rootExists() {
    return root.isPresent();
  }

  /** The root's schema first, then those of the child tables that the load brings. */
  List<TableSchema> of(LoadSummary summary) {
    List<TableSchema> schemas = new ArrayList<>();
    boolean rootHasRows = summary.tables().stream().anyMatch(table -> table.path().isEmpty());
    if (!rootHasRows) {
      schemas.add(root.map(table -> untouched(table.schema())).orElseGet(this::withoutRows));
      schemas.set(0, withVersions(schemas.get(0)));
    }
    for (TableRows table : summary.tables()) {
      TableSchema incoming = table.path().isEmpty() ? rootOf(table) : childOf(table);
      schemas.add(target(incoming));
    }
    return schemas;
  }

  private TableSchema target(TableSchema incoming) {
    LiveTable known = live.get(incoming.name());
    if (known == null) {
      return incoming;
    }
    compareKeys(incoming.edits().applyTo(known.schema()), incoming);
    SchemaDiff diff = SchemaDiff.between(known.schema(), incoming);
    for (SchemaChange change : diff.changes()) {
      if (change instanceof SchemaChange.AddAlias alias) {
        warnings.add(
            "Table %s: the new source path '%s' is read into column '%s'."
                .formatted(incoming.name(), alias.sourcePath(), alias.column()));
      }
    }
    return brought(diff.applyTo(known.schema()), incoming)
        .withPartitionBy(incoming.partitionBy())
        .withSettings(incoming.settings())
        .withEdits(incoming.edits())
        .withAdditions(additions(diff));
  }

  /** The columns that rows bring: another writer may drop the others without seeing them again. */
  private static TableSchema brought(TableSchema all, TableSchema incoming) {
    return all.withColumns(
        all.columns().stream()
            .filter(column -> incoming.column(column.name()).isPresent())
            .toList());
  }

  /** Where columns do not evolve, those that the contract has let in are all that may be added. */
  private Additions additions(SchemaDiff diff) {
    if (evolution.columns() == ContractMode.EVOLVE) {
      return Additions.ANY;
    }
    Set<String> names = new HashSet<>();
    for (SchemaChange change : diff.changes()) {
      if (change instanceof SchemaChange.AddColumn add) {
        names.add(add.column().name());
      }
    }
    return Additions.only(names);
  }

  /** A root that gets no rows stays as it is. */
  private static TableSchema untouched(TableSchema root) {
    return root.withPartitionBy(List.of())
        .withSettings(TableSettings.NONE)
        .withAdditions(Additions.only(Set.of()));
  }

  /** Versions that the load closes get their end, though no row of the load brings that column. */
  private TableSchema withVersions(TableSchema schema) {
    List<Column> missing =
        normalizer.versionColumns().stream()
            .filter(column -> schema.column(column.name()).isEmpty())
            .toList();
    if (missing.isEmpty()) {
      return schema;
    }
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.addAll(missing);
    Set<String> names = missing.stream().map(Column::name).collect(Collectors.toSet());
    return schema.withColumns(columns).withAdditions(schema.additions().and(names));
  }

  private TableSchema childOf(TableRows table) {
    return table.schema().withSettings(normalizer.tableSettings().forChild());
  }

  private void compareKeys(TableSchema known, TableSchema incoming) {
    boolean merge = resource.disposition() == WriteDisposition.MERGE;
    boolean same = Set.copyOf(known.key()).equals(Set.copyOf(incoming.key()));
    if (merge && !same && !known.key().isEmpty() && !incoming.key().isEmpty()) {
      String key = String.join(", ", incoming.key());
      warnings.add(
          "Table %s was made with the key %s and is now merged by %s: rows that agree in %s become one."
              .formatted(known.name(), String.join(", ", known.key()), key, key));
    }
  }

  private TableSchema rootOf(TableRows table) {
    Map<String, Column> columns = new LinkedHashMap<>();
    List<Column> system = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.system()) {
        system.add(column);
      } else {
        columns.put(column.name(), column);
      }
    }
    if (root.isEmpty()) {
      declaredColumns().forEach(column -> columns.putIfAbsent(column.name(), column));
    }
    List<String> key = normalizer.key();
    key.forEach(name -> columns.computeIfPresent(name, (same, column) -> keyColumn(column)));
    for (String name : normalizer.rules().mergeKey()) {
      Column column = columns.get(name);
      if (column != null) {
        requireKeyType(column);
      }
    }
    List<Column> all = new ArrayList<>(columns.values());
    all.addAll(system);
    return wanted(all);
  }

  private TableSchema wanted(List<Column> columns) {
    return new TableSchema(
        normalizer.root(),
        columns,
        normalizer.key(),
        normalizer.partitionBy(),
        normalizer.tableSettings(),
        normalizer.columnEdits(),
        Additions.ANY);
  }

  private Column keyColumn(Column column) {
    requireKeyType(column);
    return column.asRequired();
  }

  private void requireKeyType(Column column) {
    DataType type = column.type();
    if (type == Simple.DOUBLE || type == Simple.FLOAT) {
      throw new FirnException(
          ErrorCode.BAD_KEY_VALUE,
          "Resource %s: the key column '%s' is %s, which cannot be a key: equal numbers may differ in their last digit."
              .formatted(resource.name(), column.name(), type.word()),
          "Choose another primary-key, or declare the column as string or decimal.");
    }
  }

  private List<Column> declaredColumns() {
    List<Column> columns = new ArrayList<>();
    resource.columns().forEach((path, type) -> columns.add(normalizer.declaredColumn(path, type)));
    return columns;
  }

  /**
   * Whether the declared columns alone make a table: they are all there is of its key and of its
   * partitioning.
   */
  boolean declared() {
    Set<String> names = new HashSet<>();
    declaredColumns().forEach(column -> names.add(column.name()));
    return !names.isEmpty()
        && names.containsAll(normalizer.key())
        && normalizer.partitionBy().stream().allMatch(field -> names.contains(field.column()));
  }

  /** A table without rows, from declared columns alone. */
  private TableSchema withoutRows() {
    List<Column> columns = new ArrayList<>();
    for (Column column : declaredColumns()) {
      columns.add(normalizer.key().contains(column.name()) ? keyColumn(column) : column);
    }
    columns.add(Column.of(SystemColumns.LOAD_ID, Simple.STRING));
    TableSchema schema = wanted(columns);
    if (declared()) {
      return schema;
    }
    // made for a load whose records are all in quarantine; the first row completes it
    return TableSchema.of(schema.name(), columns);
  }
}
