package dev.firn.internal.normalize;

import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One worker's hashes of the values that may come once, with their rows. */
final class UniqueRows {
  private final UniqueKeys keys;
  private final RepeatedValues repeated;
  private final List<Group> groups = new ArrayList<>();
  private final List<Split> splits = new ArrayList<>();

  UniqueRows(UniqueKeys keys, RepeatedValues repeated) {
    this.keys = keys;
    this.repeated = repeated;
    keys.columns().forEach(columns -> groups.add(new Group(columns)));
  }

  /**
   * Notes a row that stays.
   *
   * @param position in its split
   */
  void add(TableBuilder root, int row, long position) {
    for (Group group : groups) {
      group.add(root, row, position);
    }
  }

  /** 0: one of the values is null, or not known yet. */
  static long hash(TableBuilder root, int row, List<String> columns) {
    long hash = 0;
    for (String name : columns) {
      ColumnBuilder column = root.named(name);
      ColumnBuffer buffer = column == null ? null : column.buffer();
      if (column == null || buffer == null || column.clashed() || !buffer.has(row)) {
        return 0;
      }
      hash = RowHash.mix(hash + buffer.hashAt(row));
    }
    return hash;
  }

  void endSplit(Split split) {
    splits.add(split);
    for (Group group : groups) {
      group.kept = group.count;
      group.ends.add(group.kept);
    }
  }

  void takeBackSplit() {
    groups.forEach(group -> group.count = group.kept);
  }

  /**
   * Hands over what a set holds.
   *
   * @param root with the set's rows
   */
  void write(long set, TableBuilder root) {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (group.kept > 0) {
        keys.write(set, i, group.hashes, group.kept);
        repeated.note(new Arrived(set, i, root));
      }
    }
  }

  void reset() {
    splits.clear();
    for (Group group : groups) {
      group.ends.clear();
      group.kept = 0;
      group.count = 0;
    }
  }

  /** The values of some columns. */
  private static final class Group {
    private final List<String> columns;
    private long[] hashes = new long[256];
    private long[] positions = new long[256];
    private int[] rows = new int[256];

    /** Where the values of each split end. */
    private final List<Integer> ends = new ArrayList<>();

    private int count;
    private int kept;

    Group(List<String> columns) {
      this.columns = columns;
    }

    void add(TableBuilder root, int row, long position) {
      long hash = columns.isEmpty() ? 0 : hash(root, row, columns);
      if (hash == 0) {
        return;
      }
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, count * 2);
        positions = Arrays.copyOf(positions, count * 2);
        rows = Arrays.copyOf(rows, count * 2);
      }
      hashes[count] = hash;
      positions[count] = position;
      rows[count++] = row;
    }
  }

  /** The values of one group in a set that is written. */
  final class Arrived {
    private final long set;
    private final int group;
    private final TableBuilder root;

    Arrived(long set, int group, TableBuilder root) {
      this.set = set;
      this.group = group;
      this.root = root;
    }

    long set() {
      return set;
    }

    int group() {
      return group;
    }

    int size() {
      return groups.get(group).kept;
    }

    long hash(int index) {
      return groups.get(group).hashes[index];
    }

    List<String> columns() {
      return groups.get(group).columns;
    }

    long position(int index) {
      return groups.get(group).positions[index];
    }

    Split split(int index) {
      int at = 0;
      while (groups.get(group).ends.get(at) <= index) {
        at++;
      }
      return splits.get(at);
    }

    /** The value, for messages. */
    String shown(int index) {
      return UniqueRows.shown(root, groups.get(group).rows[index], columns());
    }
  }

  /** The values of a row in some columns, for messages. */
  static String shown(TableBuilder root, int row, List<String> columns) {
    List<String> values = new ArrayList<>();
    for (String name : columns) {
      ColumnBuilder column = root.named(name);
      ColumnBuffer buffer = column == null ? null : column.buffer();
      values.add(buffer == null || !buffer.has(row) ? "null" : ColumnCheck.shown(buffer, row));
    }
    return String.join(", ", values);
  }
}
