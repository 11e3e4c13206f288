package dev.firn.internal.normalize;

import dev.firn.contract.Quarantine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which records of the split that is being read are not loaded but kept beside the table, and why.
 */
final class Aside {
  private final boolean all;
  private final Counts counts;
  private final List<Note> notes = new ArrayList<>();
  private long before;

  /**
   * One record.
   *
   * @param record its number within the split, from 0
   * @param position where it begins, as its split counts
   * @param column empty where the rule is not of a column
   */
  record Note(long record, long position, String rule, Optional<String> column, String reason) {}

  Aside(Quarantine.Keep keep, Counts counts) {
    this.all = keep == Quarantine.Keep.ALL;
    this.counts = counts;
  }

  /** Whether records are kept that nobody asked to keep. */
  boolean keepsAll() {
    return all;
  }

  /** What was noted since the split began, in the order of the records. */
  List<Note> notes() {
    return notes;
  }

  void beginSplit() {
    notes.clear();
    before = counts.read;
  }

  /** Keeps the open record, which broke a rule that wants it kept. */
  void keep(long position, String rule, String column, String reason) {
    add(position, rule, Optional.of(column), reason);
  }

  /** Leaves the open record out; it is kept if the resource keeps all such records. */
  void leaveOut(long position, String rule, Optional<String> column, String reason) {
    if (all) {
      add(position, rule, column, reason);
    } else {
      counts.discarded++;
    }
  }

  private void add(long position, String rule, Optional<String> column, String reason) {
    notes.add(new Note(counts.read - before, position, rule, column, reason));
    counts.quarantined++;
  }
}
