package dev.firn.internal.normalize;

import dev.firn.contract.BadRows;
import dev.firn.contract.Check;
import dev.firn.contract.Rule.Unique.Scope;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Violation;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/** What may come once, in a load or in its table: which rows of all workers break that. */
public final class UniqueChecks implements AutoCloseable {
  private static final long NO_SET = -1;

  private final List<Asked> asked;
  private final List<String> key;
  private final UniqueKeys keys;
  private final RepeatedValues repeatedValues;

  /**
   * What may come once.
   *
   * @param check by column names
   * @param most more rows that break it fail the load
   */
  record Asked(Check.Unique check, Optional<BadRows> most) {}

  /**
   * Rows with values that are not the only ones of their kind.
   *
   * @param most more of them fail the load
   * @param inLoad rows of the load whose values came before in it
   * @param inTable rows of the table, of those that stay, whose values the load brings, too
   * @param examples the first of both
   */
  public record Repeated(
      Check.Unique check,
      Optional<BadRows> most,
      long inLoad,
      long inTable,
      List<Violation> examples) {
    /** Rows of both kinds. */
    public long rows() {
      return inLoad + inTable;
    }
  }

  /**
   * The checks of a contract.
   *
   * @param nameOf the column's name for a source path, or for a name as written
   * @param rules how rows meet those that are there, by column names
   * @param key the key's column names
   * @throws FirnException {@code INVALID_CONFIG} for a table of which nobody can tell which rows
   *     stay
   */
  static UniqueChecks of(
      SchemaContract contract,
      UnaryOperator<String> nameOf,
      WriteDisposition disposition,
      WriteRules rules,
      List<String> key) {
    boolean merge = disposition == WriteDisposition.MERGE;
    List<Asked> asked = new ArrayList<>();
    for (Asked each : LoadChecks.unique(contract)) {
      Check.Unique check = each.check();
      List<String> columns = check.columns().stream().map(nameOf).toList();
      boolean anyway = merge && Set.copyOf(key).equals(Set.copyOf(columns));
      if (!anyway) {
        asked.add(
            new Asked(new Check.Unique(columns, check.scope(), check.onViolation()), each.most()));
      }
      if (check.scope() == Scope.TABLE && !tells(disposition, rules)) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "Contract %s: '%s' cannot be told where a load replaces rows by other columns than its primary-key."
                .formatted(contract.name(), check.text()),
            "Use unique: load, or another write-disposition.");
      }
    }
    return new UniqueChecks(asked, merge ? key : List.of());
  }

  static UniqueChecks none() {
    return new UniqueChecks(List.of(), List.of());
  }

  /** Whether all rows of the table go, or those of the keys in the load. */
  private static boolean tells(WriteDisposition disposition, WriteRules rules) {
    return switch (disposition) {
      case APPEND, CREATE_IF_MISSING, SKIP -> true;
      case REPLACE -> rules.wantsAll(disposition);
      case MERGE -> rules.wantsAll(disposition) || rules.mergeKey().isEmpty();
    };
  }

  /**
   * @param asked by column names
   * @param key of a merge: rows of the table go that share it with one of the load; empty: none go
   */
  private UniqueChecks(List<Asked> asked, List<String> key) {
    this.asked = List.copyOf(asked);
    boolean table = asked.stream().anyMatch(each -> each.check().scope() == Scope.TABLE);
    this.key = table ? key : List.of();
    List<List<String>> groups = new ArrayList<>();
    asked.forEach(each -> groups.add(each.check().columns()));
    if (!this.key.isEmpty()) {
      groups.add(this.key);
    }
    this.keys = new UniqueKeys(groups);
    this.repeatedValues = new RepeatedValues(asked.size());
  }

  UniqueRows rows() {
    return new UniqueRows(keys, repeatedValues);
  }

  /** These sets are not loaded. */
  void forget(Set<Long> sets) {
    repeatedValues.forget(sets);
  }

  /**
   * What breaks the checks.
   *
   * @param sets those that are loaded
   * @param values reads the table; empty: there is none, or nothing of it stays
   */
  List<Repeated> repeated(Set<Long> sets, Optional<TableValues> values) {
    List<Repeated> repeated = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Asked each = asked.get(i);
      long inLoad = keys.repeated(i, sets::contains);
      List<Violation> examples = new ArrayList<>();
      repeatedValues.of(i, sets::contains).forEach(found -> examples.add(found.violation()));
      long inTable = 0;
      if (each.check().scope() == Scope.TABLE && values.isPresent()) {
        InTable table = new InTable(i, sets::contains);
        inTable = table.rows(values.get());
        examples.addAll(table.examples());
      }
      if (inLoad + inTable > 0) {
        repeated.add(new Repeated(each.check(), each.most(), inLoad, inTable, examples));
      }
    }
    return repeated;
  }

  @Override
  public void close() {
    keys.close();
  }

  /** A row of the table with a value that the load brings. */
  private record Found(long keyHash, String shown, TableName table) {}

  /** Rows of the table that have the values of one group in common with the load. */
  private final class InTable {
    private static final int CHUNK = 1 << 16;

    /** Most rows of a merge that have such a value are those that the load brings anew. */
    private static final int MOST_LOOKED_AT = 10_000;

    private final int group;
    private final LongPredicate kept;
    private final int parts;
    private final List<String> columns;
    private long[] hashes = new long[0];
    private int part;
    private long rows;
    private final long[] candidates = new long[CHUNK];
    private int waiting;

    /** Some of the rows, with the hash of their key. */
    private final List<Found> found = new ArrayList<>();

    InTable(int group, LongPredicate kept) {
      this.group = group;
      this.kept = kept;
      this.parts = keys.parts(group, kept);
      this.columns = asked.get(group).check().columns();
    }

    /** Each part of the load's values costs one look at the table. */
    long rows(TableValues values) {
      for (part = 0; part < parts; part++) {
        hashes = keys.part(group, kept, part, parts);
        if (hashes.length > 0) {
          values.read(all(), this::read);
        }
      }
      flush();
      return key.isEmpty() ? rows : keys.absent(ofTable(), asked.size(), kept);
    }

    private Set<String> all() {
      Set<String> all = new HashSet<>(columns);
      all.addAll(key);
      return all;
    }

    private void read(TableBuilder root, int row) {
      long hash = UniqueRows.hash(root, row, columns);
      boolean comes =
          hash != 0 && UniqueKeys.isIn(hash, part, parts) && Arrays.binarySearch(hashes, hash) >= 0;
      if (comes) {
        note(root, row, key.isEmpty() ? 0 : UniqueRows.hash(root, row, key));
      }
    }

    private void note(TableBuilder root, int row, long keyHash) {
      if (found.size() < MOST_LOOKED_AT) {
        found.add(new Found(keyHash, UniqueRows.shown(root, row, columns), root.name()));
      }
      if (key.isEmpty()) {
        rows++;
        return;
      }
      candidates[waiting++] = keyHash;
      if (waiting == CHUNK) {
        flush();
      }
    }

    /** Of those looked at, the first that stay. */
    List<Violation> examples() {
      Set<Long> looked = new HashSet<>();
      found.forEach(each -> looked.add(each.keyHash()));
      Set<Long> going = key.isEmpty() ? Set.of() : keys.present(looked, asked.size(), kept);
      return found.stream()
          .filter(each -> !going.contains(each.keyHash()))
          .limit(ContractTally.MOST_EXAMPLES)
          .map(
              each ->
                  new Violation(
                      String.join(", ", columns),
                      "unique in the table",
                      each.shown(),
                      "table " + each.table()))
          .toList();
    }

    private void flush() {
      if (waiting > 0) {
        keys.write(NO_SET, ofTable(), candidates, waiting);
        waiting = 0;
      }
    }

    /** The group of the keys of rows that have a value of this group. */
    private int ofTable() {
      return asked.size() + 1 + group;
    }
  }
}
