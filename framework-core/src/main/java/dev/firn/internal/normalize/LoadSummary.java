package dev.firn.internal.normalize;

import dev.firn.contract.ContractMode;
import dev.firn.internal.expression.Expression.Aggregate;
import dev.firn.internal.normalize.LoadPlan.Guess;
import dev.firn.internal.normalize.StagedSet.ColumnPart;
import dev.firn.load.LoadCounts;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.Promotion;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a load's sets amount to: the tables with the types that all values together ask for, and the
 * sets that were staged with others.
 *
 * @param tables the root first, then child tables in the order of their paths
 * @param misfits ids of sets that must be dropped and their splits read again
 * @param guesses the summaries behind the types, by table path and column path
 * @param tablesWithIds paths of the tables that child rows refer to
 */
public record LoadSummary(
    List<TableRows> tables,
    Set<Long> misfits,
    Map<String, Map<String, Guess>> guesses,
    Set<String> tablesWithIds,
    LoadCounts counts,
    Optional<CursorMark> cursor,
    ContractTally contract) {
  /** Of a load that read nothing. */
  public static final LoadSummary NONE =
      new LoadSummary(
          List.of(),
          Set.of(),
          Map.of(),
          Set.of(),
          LoadCounts.NONE,
          Optional.empty(),
          ContractTally.NONE);

  /**
   * One table's share of a load.
   *
   * @param columns its columns with values, those of the input first, then Firn's own
   */
  public record TableRows(String path, TableName name, List<Column> columns, long rows) {
    /** The incoming schema. */
    public TableSchema schema() {
      return TableSchema.of(name, columns);
    }
  }

  static LoadSummary of(
      List<StagedSet> sets, LoadTarget target, LoadPlan plan, List<Aggregate> asked) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    LoadCounts counts = LoadCounts.NONE;
    Optional<CursorMark> cursor = Optional.empty();
    ContractTally contract = ContractTally.NONE;
    for (StagedSet set : inOrder(sets)) {
      contract = contract.plus(set.contract(), asked);
      counts = counts.plus(set.counts());
      cursor = later(cursor, set.cursor());
      for (StagedSet.Table table : set.tables()) {
        TableName name = plan.tables().getOrDefault(table.path(), table.name());
        tallies.computeIfAbsent(table.path(), path -> new Tally(name)).add(table);
      }
    }
    Set<Long> misfits = new LinkedHashSet<>();
    for (StagedSet set : sets) {
      if (set.tables().stream().anyMatch(table -> misfit(table, tallies, target, plan))) {
        misfits.add(set.id());
      }
    }
    Map<String, Map<String, Guess>> guesses = new HashMap<>();
    Set<String> withIds = new LinkedHashSet<>();
    List<TableRows> tables = new ArrayList<>();
    tallies.forEach(
        (path, tally) -> {
          guesses.put(path, Map.copyOf(tally.guesses));
          if (tally.hasChildRows) {
            withIds.add(path);
          }
          tables.add(tally.rows(path, target));
        });
    return new LoadSummary(tables, misfits, guesses, withIds, counts, cursor, contract);
  }

  /** Sets by their first split, so that new columns stand in the order of the input. */
  private static List<StagedSet> inOrder(List<StagedSet> sets) {
    List<StagedSet> ordered = new ArrayList<>(sets);
    ordered.sort(Comparator.comparingLong(LoadSummary::firstSplit));
    return ordered;
  }

  private static long firstSplit(StagedSet set) {
    return set.runs().stream().mapToLong(run -> run.split()).min().orElse(Long.MAX_VALUE);
  }

  private static Optional<CursorMark> later(Optional<CursorMark> a, Optional<CursorMark> b) {
    return a.isEmpty() || b.isEmpty() ? a.or(() -> b) : Optional.of(a.get().plus(b.get()));
  }

  private static boolean misfit(
      StagedSet.Table table, Map<String, Tally> tallies, LoadTarget target, LoadPlan plan) {
    Tally tally = tallies.get(table.path());
    if (tally == null) {
      return false;
    }
    if (!table.name().equals(tally.name) || table.withIds() != tally.needsIds(target)) {
      return true;
    }
    TablePlan tablePlan =
        new TablePlan(plan, table.path(), table.name(), ContractMode.EVOLVE, table.withIds());
    for (ColumnPart part : table.columns()) {
      if (mistyped(part, tally) || misnamed(part, tablePlan)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mistyped(ColumnPart part, Tally tally) {
    return part.kind() == ColumnPlan.Kind.INFERRED && !part.type().equals(tally.type(part.path()));
  }

  private static boolean misnamed(ColumnPart part, TablePlan plan) {
    return part.kind() != ColumnPlan.Kind.COMPANION
        && !part.name().equals(plan.column(part.path()).name());
  }

  /** What the sets say about one table. */
  private static final class Tally {
    private final TableName name;
    private final Map<String, Guess> guesses = new LinkedHashMap<>();
    private final Map<String, ColumnPart> parts = new LinkedHashMap<>();
    private final Map<String, Set<String>> aliases = new HashMap<>();
    private boolean hasChildRows;
    private long rows;

    Tally(TableName name) {
      this.name = name;
    }

    void add(StagedSet.Table table) {
      rows += table.rows();
      hasChildRows |= table.hasChildRows();
      for (ColumnPart part : table.columns()) {
        parts.merge(part.path(), part, Tally::wider);
        aliases.computeIfAbsent(part.name(), name -> new TreeSet<>()).addAll(part.aliases());
        if (part.kind() == ColumnPlan.Kind.INFERRED) {
          guesses.merge(part.path(), new Guess(part.facts(), part.digits()), Guess::plus);
        }
      }
    }

    /** A committed column may have been promoted between two sets. */
    private static ColumnPart wider(ColumnPart a, ColumnPart b) {
      return Promotion.allowed(a.type(), b.type()) ? b : a;
    }

    DataType type(String path) {
      Guess guess = guesses.get(path);
      DataType type = guess == null ? null : Facts.type(guess.facts(), guess.digits());
      return type == null ? Simple.STRING : type;
    }

    boolean needsIds(LoadTarget target) {
      return hasChildRows || target.hasIds(name);
    }

    TableRows rows(String path, LoadTarget target) {
      Map<String, Column> columns = new LinkedHashMap<>();
      for (ColumnPart part : parts.values()) {
        boolean inferred = part.kind() == ColumnPlan.Kind.INFERRED;
        DataType type = inferred ? type(part.path()) : part.type();
        boolean companion = part.kind() == ColumnPlan.Kind.COMPANION;
        List<String> paths = companion ? List.of() : List.of(part.path());
        columns.merge(
            part.name(),
            new Column(part.name(), type, false, paths),
            (a, b) -> a.withAlias(part.path()));
      }
      columns.replaceAll(
          (column, found) -> withAliases(found, aliases.getOrDefault(column, Set.of())));
      if (path.isEmpty()) {
        target
            .versions()
            .ifPresent(versions -> columns.keySet().forEach(c -> versions.requireOther(name, c)));
      }
      List<Column> all = new ArrayList<>(columns.values());
      all.addAll(systemColumns(path, target));
      return new TableRows(path, name, all, rows);
    }

    private static Column withAliases(Column column, Set<String> aliases) {
      Column known = column;
      for (String alias : aliases) {
        known = known.withAlias(alias);
      }
      return known;
    }

    private List<Column> systemColumns(String path, LoadTarget target) {
      List<Column> columns = new ArrayList<>();
      if (path.isEmpty()) {
        columns.add(Column.of(SystemColumns.LOAD_ID, Simple.STRING));
      }
      if (path.isEmpty() && target.versions().isPresent()) {
        columns.add(Column.of(target.versions().get().from(), Simple.TIMESTAMP));
        columns.add(Column.of(target.versions().get().to(), Simple.TIMESTAMP));
      }
      if (path.isEmpty() && target.hashing()) {
        columns.add(Column.of(SystemColumns.ROW_HASH, Simple.LONG));
      }
      if (needsIds(target)) {
        columns.add(Column.of(SystemColumns.ID, Simple.STRING));
      }
      if (!path.isEmpty()) {
        columns.add(Column.of(SystemColumns.PARENT_ID, Simple.STRING));
        columns.add(Column.of(SystemColumns.LIST_INDEX, Simple.LONG));
      }
      if (path.contains("[].")) {
        columns.add(Column.of(SystemColumns.ROOT_ID, Simple.STRING));
      }
      return columns;
    }
  }
}
