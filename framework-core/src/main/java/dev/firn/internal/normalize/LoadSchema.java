package dev.firn.internal.normalize;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.LoadPlan.Guess;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.Promotion;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.source.NamingRules.OnCollision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What all workers of a load have learned about its tables; gives out plans. Safe for several
 * threads.
 */
final class LoadSchema {
  private static final String RENAME = "Rename one in the source, or set on-collision: suffix.";

  private final LoadTarget target;
  private final Map<String, Map<String, Guess>> guesses = new HashMap<>();
  private final Map<String, Map<String, Claim>> claimsByName = new HashMap<>();
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
        nameColumn(table, new Claim(column.path, natural(table, column)));
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

  private String natural(TableBuilder table, ColumnBuilder column) {
    return column.plan().kind() == ColumnPlan.Kind.COMPANION
        ? column.path
        : target.named(table.path, column.path);
  }

  /**
   * A column's claim to a name. Names that differ in case alone are one: many readers cannot tell
   * them apart.
   *
   * @param natural the name that the source path leads to by the naming rules
   */
  private record Claim(String path, String natural) {
    /** Whether this claim comes before another to the same name, in whatever order they arrive. */
    boolean before(Claim other) {
      if (!natural.equals(other.natural) || path.equals(natural) == other.path.equals(natural)) {
        return path.compareTo(other.path) < 0;
      }
      return path.equals(natural);
    }

    String folded() {
      return natural.toLowerCase(Locale.ROOT);
    }
  }

  private void nameColumn(TableBuilder table, Claim claim) {
    Optional<String> there = liveTwin(table, claim.natural());
    if (there.isPresent()) {
      rename(table, claim, () -> twinOfLive(table, claim, there.get()));
      return;
    }
    Map<String, Claim> claims = claimsByName.computeIfAbsent(table.path, key -> new HashMap<>());
    Claim other = claims.putIfAbsent(claim.folded(), claim);
    if (other == null && claims.size() + liveColumns(table) > target.rules().maxColumns()) {
      throw table.plan().tooManyColumns();
    } else if (other == null || other.path().equals(claim.path())) {
      return;
    }
    Claim winner = claim.before(other) ? claim : other;
    Claim loser = winner.equals(claim) ? other : claim;
    claims.put(claim.folded(), winner);
    renamed.computeIfAbsent(table.path, key -> new HashMap<>()).remove(winner.path());
    rename(table, loser, () -> collision(table, claim, other));
  }

  /** Gives a column another name, where that is allowed. */
  private void rename(TableBuilder table, Claim claim, Supplier<FirnException> refusal) {
    if (target.onCollision() == OnCollision.FAIL) {
      throw refusal.get();
    }
    Map<String, String> given = renamed.computeIfAbsent(table.path, key -> new HashMap<>());
    String name = target.names().distinct(claim.natural(), claim.path());
    String before = given.put(claim.path(), name);
    learned |= !name.equals(before);
    changed |= before == null;
  }

  /** A column of the table that is there, whose name differs in case alone. */
  private Optional<String> liveTwin(TableBuilder table, String natural) {
    TableSchema live = target.live().get(table.name());
    return live == null
        ? Optional.empty()
        : live.columns().stream()
            .map(Column::name)
            .filter(name -> name.equalsIgnoreCase(natural) && !name.equals(natural))
            .findFirst();
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

  private static FirnException collision(TableBuilder table, Claim a, Claim b) {
    Claim first = a.path().compareTo(b.path()) < 0 ? a : b;
    Claim second = first.equals(a) ? b : a;
    String what =
        first.natural().equals(second.natural())
            ? "one column, " + table.name() + "." + first.natural()
            : "columns of table %s that differ in case alone, '%s' and '%s'"
                .formatted(table.name(), first.natural(), second.natural());
    return new FirnException(
        ErrorCode.NAME_COLLISION,
        "The source paths '%s' and '%s' would fill %s."
            .formatted(first.path(), second.path(), what),
        RENAME);
  }

  private static FirnException twinOfLive(TableBuilder table, Claim claim, String there) {
    return new FirnException(
        ErrorCode.NAME_COLLISION,
        "Table %s has a column '%s', and the source path '%s' would fill a column '%s': they differ in case alone."
            .formatted(table.name(), there, claim.path(), claim.natural()),
        RENAME);
  }
}
