package dev.firn.internal.normalize;

import dev.firn.contract.OnViolation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Rules that each row is held to, for one worker: those of a column, or a condition. */
abstract class RowCheck {
  private final String name;

  /** The rules of each word, as bits. */
  private final Map<OnViolation, Integer> rulesOf = new EnumMap<>(OnViolation.class);

  /** How often each rule was broken; the owner counts. */
  final long[] counts;

  /** Rows that broke any; the owner counts. */
  long badRows;

  /**
   * @param words what becomes of rows that break each rule
   */
  RowCheck(String name, List<OnViolation> words) {
    this.name = name;
    this.counts = new long[words.size()];
    for (int i = 0; i < counts.length; i++) {
      rulesOf.merge(words.get(i), 1 << i, (a, b) -> a | b);
    }
  }

  /** The column, or the name of a condition. */
  final String name() {
    return name;
  }

  /** Whether any of the broken rules has this word. */
  final boolean asks(OnViolation word, int broken) {
    return (broken & rulesOf.getOrDefault(word, 0)) != 0;
  }

  final int size() {
    return counts.length;
  }

  /** What a rule asks for. */
  abstract String rule(int index);

  /** Whether the value of a column of the table decides what holds. */
  abstract boolean isOf(String column);

  /** The broken rules of a row as bits, in the order of the rules. */
  abstract int broken(TableBuilder root, int row);

  /** The rules that decide what becomes of a row: those that are broken, or would be then. */
  int deciding(int broken) {
    return broken;
  }

  /** The value of a row, for messages. */
  abstract String shown(int row);

  /** The rule that there is a value, as a bit; 0: there is none. */
  int presence() {
    return 0;
  }

  /** Takes the value of the last row back. */
  void takeBack(int row) {
    throw new IllegalStateException(name + " has no value of its own");
  }

  /** Whether any value came since {@link #forget}. */
  boolean arrived() {
    return true;
  }

  /** Forgets where columns are, which another plan may put elsewhere. */
  abstract void forget();
}
