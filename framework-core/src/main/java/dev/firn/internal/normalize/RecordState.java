package dev.firn.internal.normalize;

import dev.firn.contract.Quarantine;
import java.util.Arrays;

/**
 * What the columns of one worker share while a record is read: its hash, its undo log, its
 * counters.
 */
final class RecordState {
  private static final int STRIDE = 3;

  /** Filled again for each scalar. */
  final Value value = new Value();

  final IsoTime isoTime = new IsoTime();

  /** Whether records are hashed. */
  final boolean hashing;

  /** What happened to the records so far. */
  final Counts counts = new Counts();

  /** The records of the open split that are kept beside the table. */
  final Aside aside;

  long hash;

  /** Where the record begins, as its split counts. */
  long position;

  /** A value asked that its row be dropped. */
  boolean discardRow;

  /** The column of the value that asked last. */
  private String unwanted = "";

  private ColumnBuilder[] changed = new ColumnBuilder[16];
  private int[] before = new int[16 * STRIDE];
  private int changes;

  RecordState(boolean hashing) {
    this(hashing, Quarantine.Keep.VIOLATIONS);
  }

  RecordState(boolean hashing, Quarantine.Keep keep) {
    this.hashing = hashing;
    this.aside = new Aside(keep, counts);
  }

  /** Asks that the open row be dropped, for a value of a column. */
  void discardRow(String column) {
    discardRow = true;
    unwanted = column;
  }

  /** The column of the value for which a row was to be dropped last. */
  String unwanted() {
    return unwanted;
  }

  /** Notes a column's summary before it changes; rare once a load has seen a few records. */
  void remember(ColumnBuilder column, int facts, int digits, boolean clashed) {
    if (changes == changed.length) {
      changed = Arrays.copyOf(changed, changes * 2);
      before = Arrays.copyOf(before, changed.length * STRIDE);
    }
    changed[changes] = column;
    int at = changes * STRIDE;
    before[at] = facts;
    before[at + 1] = digits;
    before[at + 2] = clashed ? 1 : 0;
    changes++;
  }

  /** A point to go back to. */
  int mark() {
    return changes;
  }

  /** Restores all summaries as they were at the mark. */
  void undo(int mark) {
    while (changes > mark) {
      changes--;
      int at = changes * STRIDE;
      changed[changes].restore(before[at], before[at + 1], before[at + 2] != 0);
    }
  }

  /** The split is complete: nothing is undone any more. */
  void forget() {
    changes = 0;
  }
}
