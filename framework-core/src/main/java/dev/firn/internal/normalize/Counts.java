package dev.firn.internal.normalize;

import dev.firn.load.LoadCounts;
import dev.firn.load.TableCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one worker counts while it reads; can be taken back to an earlier point. */
final class Counts {
  long read;
  long quarantined;
  long discarded;
  long boundary;
  long outOfWindow;

  /** The tables that something was counted for since the worker began. */
  private final Set<TableBuilder> tables = new LinkedHashSet<>();

  // What the open record counts in its tables waits until the record stays.
  private final List<TableBuilder> openTables = new ArrayList<>();
  private final List<InTable> openKinds = new ArrayList<>();

  /** What is counted for a table. */
  enum InTable {
    DISCARDED(0),
    VALUE_DISCARDED(1),
    LOSSY(2),
    TRUNCATED(3),
    PADDED(4);

    /** Where it stands in a table's counts. */
    private final int place;

    InTable(int place) {
      this.place = place;
    }
  }

  /** Counts one row or value of the open record. */
  void count(TableBuilder table, InTable kind) {
    openTables.add(table);
    openKinds.add(kind);
  }

  /** A record begins: what the one before it counted is settled. */
  void beginRecord() {
    if (!openTables.isEmpty()) {
      settle();
    }
  }

  private void settle() {
    for (int i = 0; i < openTables.size(); i++) {
      tables.add(openTables.get(i));
      openTables.get(i).counted[openKinds.get(i).place]++;
    }
    takeBackRecord();
  }

  /** What the values of the open record counted is forgotten. */
  void takeBackRecord() {
    openTables.clear();
    openKinds.clear();
  }

  /** These counts as a value, with the rows that are to be staged. */
  LoadCounts toLoadCounts(long staged) {
    settle();
    Map<String, TableCounts> inTables = new HashMap<>();
    for (TableBuilder table : tables) {
      inTables.merge(table.name().toString(), counts(table.counted), TableCounts::plus);
    }
    inTables.values().removeIf(TableCounts.NONE::equals);
    return new LoadCounts(read, staged, quarantined, discarded, boundary, outOfWindow, inTables);
  }

  private static TableCounts counts(long[] counted) {
    return new TableCounts(
        counted[InTable.DISCARDED.place],
        counted[InTable.VALUE_DISCARDED.place],
        counted[InTable.LOSSY.place],
        counted[InTable.TRUNCATED.place],
        counted[InTable.PADDED.place]);
  }

  /** All counts as they were at one moment. */
  record Mark(
      long read,
      long quarantined,
      long discarded,
      long boundary,
      long outOfWindow,
      Map<TableBuilder, long[]> inTables) {}

  /** A point to go back to, between two records. */
  Mark mark() {
    settle();
    Map<TableBuilder, long[]> inTables = new LinkedHashMap<>();
    tables.forEach(table -> inTables.put(table, table.counted.clone()));
    return new Mark(read, quarantined, discarded, boundary, outOfWindow, inTables);
  }

  /** Goes back to counts marked earlier. */
  void restore(Mark mark) {
    clear();
    read = mark.read;
    quarantined = mark.quarantined;
    discarded = mark.discarded;
    boundary = mark.boundary;
    outOfWindow = mark.outOfWindow;
    mark.inTables.forEach(
        (table, counted) -> System.arraycopy(counted, 0, table.counted, 0, counted.length));
  }

  /** Forgets all. */
  void clear() {
    takeBackRecord();
    read = 0;
    quarantined = 0;
    discarded = 0;
    boundary = 0;
    outOfWindow = 0;
    tables.forEach(table -> Arrays.fill(table.counted, 0));
  }
}
