package dev.firn.internal.normalize;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.LoadPlan.Guess;
import dev.firn.schema.DataType;
import dev.firn.schema.Promotion;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.source.NamingRules.OnCollision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What all workers of a load have learned about its tables; gives out plans. Safe for several
 * threads.
 */
final class LoadSchema {
  private final LoadTarget target;
  private final Map<String, Map<String, Guess>> guesses = new HashMap<>();
  private final Map<String, Map<String, String>> pathsByName = new HashMap<>();
  private final Map<String, Map<String, String>> renamed = new HashMap<>();
  private final Map<String, Map<String, DataType>> promoted = new HashMap<>();
  private final Set<String> withIds = new HashSet<>();
  private final TableNames tableNames;
  private boolean learned;
  private boolean changed;
  private volatile LoadPlan plan;

  LoadSchema(LoadTarget target) {
    this.target = target;
    this.tableNames = new TableNames(target.root(), target.names(), target.onCollision());
    this.plan = snapshot(0);
  }

  /** The newest plan. */
  LoadPlan plan() {
    return plan;
  }

  /** Adds what a worker's rows say; makes a new plan when that changes a type or a name. */
  synchronized void merge(TableBuilder root) {
    learned = false;
    changed = false;
    mergeTable(root);
    if (learned) {
      plan = snapshot(plan.version() + (changed ? 1 : 0));
    }
  }

  /** Forgets what was guessed and plans with exactly these summaries. */
  synchronized void adopt(Map<String, Map<String, Guess>> exact, Set<String> idTables) {
    guesses.clear();
    exact.forEach((path, columns) -> guesses.put(path, new HashMap<>(columns)));
    withIds.clear();
    withIds.addAll(idTables);
    plan = snapshot(plan.version() + 1);
  }

  private LoadPlan snapshot(int version) {
    return new LoadPlan(
        version,
        target,
        copy(guesses),
        copy(renamed),
        copy(promoted),
        tableNames.given(),
        Set.copyOf(withIds));
  }

  private static <V> Map<String, Map<String, V>> copy(Map<String, Map<String, V>> maps) {
    Map<String, Map<String, V>> copies = new HashMap<>();
    maps.forEach((path, map) -> copies.put(path, Map.copyOf(map)));
    return copies;
  }

  private void mergeTable(TableBuilder table) {
    if (table.rows() == 0) {
      return;
    }
    nameTable(table);
    for (ColumnBuilder column : table.columns()) {
      if (column.facts() != 0 && !column.plan().fixed()) {
        learn(table.path, column);
      }
      if ((column.facts() & Facts.PROMOTED) != 0) {
        promote(table.path, column);
      }
      if (column.named()) {
        nameColumn(table, column.path, natural(column));
      }
    }
    for (TableBuilder child : table.children()) {
      if (child.rows() > 0) {
        learned |= withIds.add(table.path);
      }
      mergeTable(child);
    }
  }

  private void learn(String tablePath, ColumnBuilder column) {
    Map<String, Guess> columns = guesses.computeIfAbsent(tablePath, path -> new HashMap<>());
    Guess before = columns.get(column.path);
    Guess said = new Guess(column.facts(), column.digits());
    Guess after = before == null ? said : before.plus(said);
    if (after.equals(before)) {
      return;
    }
    columns.put(column.path, after);
    learned = true;
    DataType planned = Facts.type(column.plan().facts(), column.plan().digits());
    DataType next = Facts.type(after.facts(), after.digits());
    DataType last = before == null ? planned : Facts.type(before.facts(), before.digits());
    changed |= last != null && !Objects.equals(last, next);
    changed |= column.clashed();
  }

  private void promote(String tablePath, ColumnBuilder column) {
    Map<String, DataType> types = promoted.computeIfAbsent(tablePath, path -> new HashMap<>());
    DataType wider = Widening.of(column.plan().type(), column.digits());
    DataType before = types.get(column.plan().name());
    if (before == null || Promotion.allowed(before, wider)) {
      types.put(column.plan().name(), wider);
      learned = true;
      changed = true;
    }
  }

  private void nameTable(TableBuilder table) {
    TableBuilder parent = table.parent();
    if (parent == null || tableNames.knows(table.path)) {
      return;
    }
    learned = true;
    changed |= tableNames.add(table.path, parent.path, table.name());
    if (tableNames.size() > target.rules().maxTables()) {
      throw new FirnException(
          ErrorCode.LIMIT_EXCEEDED,
          "Table %s: more than %d child tables."
              .formatted(target.root(), target.rules().maxTables()),
          "Raise limits.tables, or set max-nesting so that deep lists become JSON.");
    }
  }

  private String natural(ColumnBuilder column) {
    return column.plan().kind() == ColumnPlan.Kind.COMPANION
        ? column.path
        : target.names().column(LoadPlan.keys(column.path));
  }

  private void nameColumn(TableBuilder table, String path, String natural) {
    Map<String, String> names = pathsByName.computeIfAbsent(table.path, key -> new HashMap<>());
    String other = names.putIfAbsent(natural, path);
    if (other == null && names.size() + liveColumns(table) > target.rules().maxColumns()) {
      throw table.plan().tooManyColumns();
    } else if (other == null || other.equals(path)) {
      return;
    } else if (target.onCollision() == OnCollision.FAIL) {
      String where = table.name() + "." + natural;
      throw collision(
          "The source paths '%s' and '%s' would fill one column, %s", other, path, where);
    }
    boolean wins = path.equals(natural) || (!other.equals(natural) && path.compareTo(other) < 0);
    names.put(natural, wins ? path : other);
    Map<String, String> given = renamed.computeIfAbsent(table.path, key -> new HashMap<>());
    String loser = wins ? other : path;
    given.remove(wins ? path : other);
    String before = given.put(loser, target.names().distinct(natural, loser));
    learned = true;
    changed |= before == null;
  }

  private int liveColumns(TableBuilder table) {
    TableSchema live = target.live().get(table.name());
    return live == null ? 0 : live.columns().size();
  }

  /** A column for values that do not fit would have the name of a column of the source. */
  static FirnException companionMeets(String name, TableName table) {
    return new FirnException(
        ErrorCode.NAME_COLLISION,
        "Table %s: values that do not fit their column would go to '%s', which the source fills itself."
            .formatted(table, name),
        "Rename the field in the source, or set evolution.data-type to freeze or discard_value.");
  }

  private static FirnException collision(String text, String a, String b, String name) {
    boolean ordered = a.compareTo(b) < 0;
    return new FirnException(
        ErrorCode.NAME_COLLISION,
        text.formatted(ordered ? a : b, ordered ? b : a, name) + ".",
        "Rename one in the source, or set on-collision: suffix.");
  }
}
