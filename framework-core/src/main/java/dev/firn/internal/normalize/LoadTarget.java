package dev.firn.internal.normalize;

import dev.firn.contract.Evolution;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.source.NamingRules.OnCollision;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a load's rows are made for; does not change while it runs.
 *
 * @param live the schemas of the root and its child tables that exist; empty when the root does not
 * @param declared types by source path or column name of the root
 * @param edits columns of the root that have another name now
 * @param hashing whether root rows carry a hash of their record
 * @param versions columns that say when its rows hold
 * @param constants names of columns that are no part of a record: those of {@code add-columns} and
 *     those about its file
 */
record LoadTarget(
    TableName root,
    Map<TableName, TableSchema> live,
    Map<String, DataType> declared,
    ColumnEdits edits,
    Evolution evolution,
    Names names,
    OnCollision onCollision,
    Set<String> constants,
    boolean hashing,
    Optional<Versions> versions,
    RecordRules rules) {
  LoadTarget {
    live = Map.copyOf(live);
    declared = Map.copyOf(declared);
    constants = Set.copyOf(constants);
  }

  /** The same for looking at rows that are there: nothing that they hold is refused. */
  LoadTarget reading(Map<String, DataType> types) {
    return new LoadTarget(
        root,
        live,
        types,
        edits,
        Evolution.DEFAULT,
        names,
        onCollision,
        types.keySet(), // names, not source paths
        false,
        Optional.empty(),
        rules);
  }

  Optional<DataType> declared(String sourcePath, String name) {
    DataType byPath = declared.get(sourcePath);
    return Optional.ofNullable(byPath != null ? byPath : declared.get(name));
  }

  /**
   * Whether a table's rows carry ids whatever the load brings: ids, once there, are made for every
   * later row.
   */
  boolean hasIds(TableName table) {
    TableSchema schema = live.get(table);
    return schema != null && schema.column(SystemColumns.ID).isPresent();
  }

  /** The name that a source path leads to, while no other path wants it. */
  String named(String tablePath, String sourcePath) {
    String name = names.column(LoadPlan.keys(sourcePath));
    return tablePath.isEmpty() ? edits.nameFor(sourcePath, name) : name;
  }

  /** Whether a source path is a column's name already, which the naming rules leave alone. */
  boolean system(String sourcePath) {
    return constants.contains(sourcePath);
  }
}
