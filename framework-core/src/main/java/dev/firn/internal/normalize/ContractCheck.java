package dev.firn.internal.normalize;

import dev.firn.contract.OnViolation;
import dev.firn.contract.Violation;
import dev.firn.internal.normalize.ContractTally.Example;
import dev.firn.internal.normalize.ValidatorChecks.Found;
import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One worker's checks of rows against their contract, where each record ends: the row is the last
 * of its table then, so that it goes, or loses a value, without a trace.
 */
final class ContractCheck {
  private final List<RowCheck> columns;
  private final ValidatorChecks validators;
  private final LoadTallies tallies;
  private final UniqueRows unique;

  /** Of the row that is judged, the broken rules of each column as bits. */
  private final int[] broken;

  private ContractTally kept = ContractTally.NONE;
  private @Nullable Split split;

  // What the split that is being read brought so far.
  private long rows;
  private long badRows;
  private long fatalRows;
  private final List<Example> examples = new ArrayList<>();

  /**
   * Violations told one by one, over all sets: to find the place of one may cost a look at its
   * file.
   */
  private int told;

  ContractCheck(
      List<RowCheck> columns, ValidatorChecks validators, LoadTallies tallies, UniqueRows unique) {
    this.tallies = tallies;
    this.unique = unique;
    this.columns = List.copyOf(columns);
    this.validators = validators;
    this.broken = new int[columns.size()];
  }

  /** Those that look at the record before its columns are judged. */
  ValidatorChecks validators() {
    return validators;
  }

  void beginSplit(Split next) {
    split = next;
  }

  /** The split's rows stay. */
  void endSplit() {
    tallies.endSplit();
    Split read = split;
    if (read != null) {
      unique.endSplit(read);
    }
    kept = kept.plus(open());
    told += examples.size();
    takeBackSplit();
  }

  /** The split's rows go. */
  void takeBackSplit() {
    rows = 0;
    badRows = 0;
    fatalRows = 0;
    examples.clear();
    validators.clear();
    tallies.takeBackSplit();
    unique.takeBackSplit();
    for (RowCheck column : columns) {
      Arrays.fill(column.counts, 0);
      column.badRows = 0;
    }
  }

  /** What the rows since {@link #reset} made of the contract. */
  ContractTally tally() {
    return kept.with(tallies.kept());
  }

  /**
   * Hands over what a set that is written holds.
   *
   * @param root with the set's rows
   */
  void write(long set, TableBuilder root) {
    unique.write(set, root);
  }

  void reset() {
    kept = ContractTally.NONE;
    columns.forEach(RowCheck::forget);
    tallies.reset();
    unique.reset();
    takeBackSplit();
  }

  /**
   * Judges a row whose columns are all set.
   *
   * @return false to take the row back; it is counted
   */
  boolean accept(TableBuilder root, int row, RecordState state) {
    rows++;
    int bad = 0;
    for (int i = 0; i < broken.length; i++) {
      broken[i] = columns.get(i).broken(root, row);
      bad |= broken[i];
    }
    boolean stays = (bad == 0 && validators.found().isEmpty()) || judge(root, row, state);
    if (stays) {
      tallies.add(root, row);
      unique.add(root, row, state.position);
    }
    return stays;
  }

  /**
   * Whether the value that a row has in a column is one of those that break a rule.
   *
   * @param path of the column in the record
   */
  boolean doubts(String column, String path, TableBuilder root, int row) {
    return validators.blame(path)
        || validators.blame(column)
        || columns.stream().anyMatch(each -> each.isOf(column) && each.broken(root, row) != 0);
  }

  private boolean judge(TableBuilder root, int row, RecordState state) {
    boolean fatal = false;
    boolean kept = false;
    for (int i = 0; i < broken.length; i++) {
      if (broken[i] != 0) {
        RowCheck column = columns.get(i);
        column.badRows++;
        note(column, broken[i], row, state.position);
        int deciding = column.deciding(broken[i]);
        fatal |= column.asks(OnViolation.FAIL, deciding);
        kept |= column.asks(OnViolation.QUARANTINE, deciding);
      }
    }
    for (Found found : validators.found()) {
      note(found, state.position);
      fatal |= found.onViolation() == OnViolation.FAIL;
      kept |= found.onViolation() == OnViolation.QUARANTINE;
    }
    badRows++;
    fatalRows += fatal ? 1 : 0;
    if (kept) {
      keep(OnViolation.QUARANTINE, row, state);
      return false;
    }
    return stays(root, row, state);
  }

  private boolean stays(TableBuilder root, int row, RecordState state) {
    for (int i = 0; i < broken.length; i++) {
      OnViolation word = leaving(columns.get(i), broken[i]);
      if (word != OnViolation.WARN) {
        leaveOut(word, row, state);
        return false;
      }
    }
    for (Found found : validators.found()) {
      if (!mayStay(found)) {
        leaveOut(found.onViolation(), row, state);
        return false;
      }
    }
    for (int i = 0; i < broken.length; i++) {
      RowCheck column = columns.get(i);
      if (column.asks(OnViolation.NULL_VALUE, broken[i])) {
        column.takeBack(row);
        root.state().counts.count(root, Counts.InTable.VALUE_DISCARDED);
      }
    }
    return true;
  }

  /** The word by which a row does not stay; {@code WARN} when it does. */
  private static OnViolation leaving(RowCheck column, int broken) {
    int deciding = column.deciding(broken);
    if (column.asks(OnViolation.DROP_ROW, deciding)) {
      return OnViolation.DROP_ROW;
    }
    // a value that is missing cannot be left out
    boolean lacking = column.asks(OnViolation.NULL_VALUE, deciding & column.presence());
    return lacking ? OnViolation.NULL_VALUE : OnViolation.WARN;
  }

  /** There is no single value that could be left out. */
  private static boolean mayStay(Found found) {
    return switch (found.onViolation()) {
      case WARN, FAIL -> true;
      case DROP_ROW, QUARANTINE, NULL_VALUE -> false;
    };
  }

  private void leaveOut(OnViolation word, int row, RecordState state) {
    if (state.aside.keepsAll()) {
      keep(word, row, state);
    } else {
      state.counts.discarded++;
    }
  }

  /** Keeps the row aside under the first rule with this word; the reason tells of them all. */
  private void keep(OnViolation word, int row, RecordState state) {
    String rule = "";
    String name = "";
    StringJoiner reason = new StringJoiner("; ");
    for (int i = 0; i < broken.length; i++) {
      RowCheck column = columns.get(i);
      for (int bit = 0; bit < column.size(); bit++) {
        if ((broken[i] >> bit & 1) != 0) {
          reason.add(column.name() + " is " + column.shown(row) + ", expected " + column.rule(bit));
          if (rule.isEmpty() && column.asks(word, column.deciding(1 << bit))) {
            rule = column.rule(bit);
            name = column.name();
          }
        }
      }
    }
    for (Found found : validators.found()) {
      reason.add(found.place() + " is " + found.value() + ", expected " + found.rule());
      if (rule.isEmpty() && found.onViolation() == word) {
        rule = found.rule();
        name = found.place();
      }
    }
    state.aside.keep(state.position, rule, name, reason.toString());
  }

  private void note(RowCheck column, int broken, int row, long position) {
    for (int i = 0; i < column.size(); i++) {
      if ((broken >> i & 1) != 0) {
        column.counts[i]++;
        if (tells()) {
          tell(column.name(), column.rule(i), column.shown(row), position);
        }
      }
    }
  }

  private void note(Found found, long position) {
    validators.count(found);
    if (tells()) {
      tell(found.place(), found.rule(), found.value(), position);
    }
  }

  private boolean tells() {
    return told + examples.size() < ContractTally.MOST_EXAMPLES;
  }

  private void tell(String column, String rule, String value, long position) {
    Split from = split;
    if (from != null) {
      Violation violation = new Violation(column, rule, value, from.place(position));
      examples.add(new Example(from.ordinal(), position, violation));
    }
  }

  private ContractTally open() {
    Map<String, Long> broken = new TreeMap<>();
    Map<String, Long> badRowsOf = new TreeMap<>();
    Set<String> arrived = new TreeSet<>();
    for (RowCheck column : columns) {
      for (int i = 0; i < column.size(); i++) {
        if (column.counts[i] > 0) {
          broken.put(column.name() + " " + column.rule(i), column.counts[i]);
        }
      }
      if (column.badRows > 0) {
        badRowsOf.put(column.name(), column.badRows);
      }
      if (column.arrived()) {
        arrived.add(column.name());
      }
    }
    broken.putAll(validators.counts());
    return new ContractTally(
        rows, badRows, fatalRows, badRowsOf, broken, arrived, examples, List.of());
  }
}
