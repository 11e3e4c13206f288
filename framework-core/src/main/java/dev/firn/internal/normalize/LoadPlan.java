package dev.firn.internal.normalize;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.internal.normalize.ColumnPlan.Kind;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of all tables of a load at one moment. Immutable; {@link LoadSchema} makes a later
 * version when the input changes a type.
 *
 * @param target what does not change during the load
 * @param guesses by table path and column path, what the input said so far
 * @param renamed by table path and column path, names given where two paths met in one
 * @param promoted by table path and column name, wider types for committed columns
 * @param tables by list path, the names of the tables known so far
 * @param withIds paths of the tables whose rows need ids
 */
record LoadPlan(
    int version,
    LoadTarget target,
    Map<String, Map<String, Guess>> guesses,
    Map<String, Map<String, String>> renamed,
    Map<String, Map<String, DataType>> promoted,
    Map<String, TableName> tables,
    Set<String> withIds) {

  /** A summary of values, as {@link Facts#type} wants it. */
  record Guess(int facts, int digits) {
    Guess plus(Guess other) {
      return new Guess(facts | other.facts, Facts.widerDigits(digits, other.digits));
    }
  }

  private static final Guess NOTHING = new Guess(0, 0);

  /** The plan for looking at rows of the table itself, by the names of its columns. */
  LoadPlan reading(Collection<String> columns) {
    Map<String, DataType> types = new HashMap<>();
    TableSchema root = target.live().get(target.root());
    for (String column : columns) {
      Optional.ofNullable(root)
          .flatMap(schema -> schema.column(column))
          .ifPresent(there -> types.put(column, there.type()));
    }
    return new LoadPlan(
        version, target.reading(types), guesses, renamed, promoted, tables, withIds);
  }

  RecordRules rules() {
    return target.rules();
  }

  /** The plan of the root. */
  TablePlan root() {
    boolean known = target.live().containsKey(target.root());
    ContractMode arrival = known ? ContractMode.EVOLVE : target.evolution().tables();
    return new TablePlan(this, "", target.root(), arrival, withIds("", target.root()));
  }

  /** The plan of the same table in this version. */
  TablePlan table(String path, TablePlan before) {
    TableName name = tables.getOrDefault(path, before.name());
    ContractMode arrival = name.equals(before.name()) ? before.arrival() : arrival(name);
    return new TablePlan(this, path, name, arrival, withIds(path, name));
  }

  private boolean withIds(String path, TableName name) {
    return withIds.contains(path) || target.hasIds(name);
  }

  TablePlan child(TablePlan parent, String childPath, String listPath) {
    TableName child = tables.get(childPath);
    if (child == null) {
      child = target.names().child(parent.name(), keys(listPath));
    }
    return new TablePlan(this, childPath, child, arrival(child), withIds(childPath, child));
  }

  private ContractMode arrival(TableName child) {
    boolean known = target.live().containsKey(child) || target.live().isEmpty();
    return known ? ContractMode.EVOLVE : target.evolution().tables();
  }

  ColumnPlan column(TablePlan table, String sourcePath) {
    String name = name(table, sourcePath);
    Optional<TableSchema> live = Optional.ofNullable(target.live().get(table.name()));
    Optional<Column> committed = live.flatMap(schema -> committed(schema, sourcePath, name));
    Optional<DataType> declared =
        table.path().isEmpty() ? target.declared(sourcePath, name) : Optional.empty();
    if (committed.isPresent()) {
      Kind kind = declared.isPresent() ? Kind.DECLARED : Kind.COMMITTED;
      Column column = committed.get();
      DataType type =
          promoted.getOrDefault(table.path(), Map.of()).getOrDefault(column.name(), column.type());
      String hashName = hashName(sourcePath, column.name());
      return fixed(column.name(), hashName, type, kind, true, ContractMode.EVOLVE);
    }
    ContractMode arrival =
        live.isPresent() && !target.constants().contains(sourcePath)
            ? target.evolution().columns()
            : ContractMode.EVOLVE;
    String hashName = hashName(sourcePath, name);
    if (declared.isPresent()) {
      return fixed(name, hashName, declared.get(), Kind.DECLARED, false, arrival);
    }
    Guess guess = guesses.getOrDefault(table.path(), Map.of()).getOrDefault(sourcePath, NOTHING);
    DataType type = Facts.type(guess.facts(), guess.digits());
    return new ColumnPlan(
        name,
        hashName,
        type,
        Kind.INFERRED,
        false,
        arrival,
        ContractMode.EVOLVE,
        guess.facts(),
        guess.digits());
  }

  private ColumnPlan fixed(
      String name, String hashName, DataType type, Kind kind, boolean known, ContractMode arrival) {
    ContractMode misfit = target.evolution().dataType();
    return new ColumnPlan(name, hashName, type, kind, known, arrival, misfit, 0, 0);
  }

  /** The name by the rules alone, unless the column has one of its own because two paths met. */
  private String hashName(String sourcePath, String name) {
    String ruled = target.names().column(keys(sourcePath));
    boolean own =
        target.system(sourcePath)
            || ruled.equals(name)
            || name.equals(target.names().distinct(ruled, sourcePath));
    return own ? name : ruled;
  }

  private static Optional<Column> committed(TableSchema live, String sourcePath, String name) {
    for (Column column : live.columns()) {
      if (column.sourcePaths().contains(sourcePath)) {
        return Optional.of(column);
      }
    }
    return live.column(name);
  }

  private String name(TablePlan table, String sourcePath) {
    String renamedTo = renamed.getOrDefault(table.path(), Map.of()).get(sourcePath);
    if (renamedTo != null) {
      return renamedTo;
    }
    return target.system(sourcePath) ? sourcePath : target.named(table.path(), sourcePath);
  }

  ColumnPlan companion(TablePlan table, String name, Companion companion) {
    Optional<Column> committed =
        Optional.ofNullable(target.live().get(table.name())).flatMap(live -> live.column(name));
    if (committed.isPresent() && !committed.get().sourcePaths().isEmpty()) {
      throw LoadSchema.companionMeets(name, table.name());
    }
    DataType type = committed.map(Column::type).orElse(companion.type());
    return new ColumnPlan(
        name,
        name,
        type,
        Kind.COMPANION,
        committed.isPresent(),
        ContractMode.EVOLVE,
        ContractMode.FREEZE,
        0,
        0);
  }

  /** The plan of a column that is there already. */
  ColumnPlan again(TablePlan table, ColumnBuilder column) {
    boolean companion = column.plan().kind() == Kind.COMPANION;
    return companion ? column.plan() : column(table, column.path);
  }

  /** The keys of a path: dots and backslashes within keys are escaped. */
  static List<String> keys(String path) {
    List<String> keys = new ArrayList<>();
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' && i + 1 < path.length() && escapable(path.charAt(i + 1))) {
        key.append(path.charAt(++i));
      } else if (c == '.') {
        keys.add(key.toString());
        key.setLength(0);
      } else {
        key.append(c);
      }
    }
    keys.add(key.toString());
    return keys;
  }

  private static boolean escapable(char c) {
    return c == '.' || c == '\\';
  }

  Evolution evolution() {
    return target.evolution();
  }
}
