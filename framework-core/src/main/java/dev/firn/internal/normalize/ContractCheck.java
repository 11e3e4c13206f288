package dev.firn.internal.normalize;

import dev.firn.contract.OnViolation;
import dev.firn.contract.Violation;
import dev.firn.internal.normalize.ContractTally.Example;
import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One worker's checks of rows against their contract, where each record ends: the row is the last
 * of its table then, so that it goes, or loses a value, without a trace.
 */
final class ContractCheck {
  private final List<ColumnCheck> columns;
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

  ContractCheck(List<ColumnCheck> columns) {
    this.columns = List.copyOf(columns);
  }

  void beginSplit(Split next) {
    split = next;
  }

  /** The split's rows stay. */
  void endSplit() {
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
    for (ColumnCheck column : columns) {
      Arrays.fill(column.counts, 0);
    }
  }

  /** What the rows since {@link #reset} made of the contract. */
  ContractTally tally() {
    return kept;
  }

  void reset() {
    kept = ContractTally.NONE;
    columns.forEach(ColumnCheck::forget);
    takeBackSplit();
  }

  /**
   * Judges a row whose columns are all set.
   *
   * @return false to take the row back; it is counted as discarded
   */
  boolean accept(TableBuilder root, int row, RecordState state) {
    boolean wanted = true;
    boolean bad = false;
    boolean fatal = false;
    for (int i = 0; i < columns.size(); i++) {
      ColumnCheck column = columns.get(i);
      int broken = column.broken(root, row);
      if (broken != 0) {
        bad = true;
        note(column, broken, row, state.position);
        fatal |= column.onViolation() == OnViolation.FAIL;
        wanted &= stays(column, root, row);
      }
    }
    rows++;
    badRows += bad ? 1 : 0;
    fatalRows += fatal ? 1 : 0;
    state.counts.discarded += wanted ? 0 : 1;
    return wanted;
  }

  private static boolean stays(ColumnCheck column, TableBuilder root, int row) {
    return switch (column.onViolation()) {
      case WARN, FAIL -> true;
      case DROP_ROW -> false;
      case NULL_VALUE -> {
        boolean taken = column.takeBack(row);
        if (taken) {
          root.state().counts.count(root, Counts.InTable.VALUE_DISCARDED);
        }
        yield taken;
      }
    };
  }

  private void note(ColumnCheck column, int broken, int row, long position) {
    Split from = split;
    for (int i = 0; i < column.size(); i++) {
      if ((broken >> i & 1) != 0) {
        column.counts[i]++;
        if (from != null && told + examples.size() < ContractTally.MOST_EXAMPLES) {
          Violation violation =
              new Violation(column.name(), column.rule(i), column.shown(row), from.place(position));
          examples.add(new Example(from.ordinal(), position, violation));
        }
      }
    }
  }

  private ContractTally open() {
    Map<String, Long> broken = new TreeMap<>();
    Set<String> arrived = new TreeSet<>();
    for (ColumnCheck column : columns) {
      for (int i = 0; i < column.size(); i++) {
        if (column.counts[i] > 0) {
          broken.put(column.name() + " " + column.rule(i), column.counts[i]);
        }
      }
      if (column.arrived()) {
        arrived.add(column.name());
      }
    }
    return new ContractTally(rows, badRows, fatalRows, broken, arrived, examples);
  }
}
