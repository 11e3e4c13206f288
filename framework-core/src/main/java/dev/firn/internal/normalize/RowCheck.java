package dev.firn.internal.normalize;

import dev.firn.contract.OnViolation;

/** Rules that each row is held to, for one worker: those of a column, or a condition. */
abstract class RowCheck {
  private final String name;
  private final OnViolation onViolation;

  /** How often each rule was broken; the owner counts. */
  final long[] counts;

  /** Rows that broke any; the owner counts. */
  long badRows;

  RowCheck(String name, OnViolation onViolation, int rules) {
    this.name = name;
    this.onViolation = onViolation;
    this.counts = new long[rules];
  }

  /** The column, or the name of a condition. */
  final String name() {
    return name;
  }

  final OnViolation onViolation() {
    return onViolation;
  }

  final int size() {
    return counts.length;
  }

  /** What a rule asks for. */
  abstract String rule(int index);

  /** The broken rules of a row as bits, in the order of the rules. */
  abstract int broken(TableBuilder root, int row);

  /** The value of a row, for messages. */
  abstract String shown(int row);

  /** Whether a row has a value that can be taken back. */
  boolean has(int row) {
    return false;
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
