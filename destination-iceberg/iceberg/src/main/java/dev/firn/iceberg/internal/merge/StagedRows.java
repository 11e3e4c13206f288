package dev.firn.iceberg.internal.merge;

import dev.firn.batch.BatchSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The staged rows of a root, numbered through all its files. */
final class StagedRows {
  private final List<StagedData> files;
  private final StagedSets sets;
  private final long[] firstOfFile;
  private final long[] firstOfGroup;
  private final StagedGroup[] groups;
  private final Map<Long, Origins> origins = new HashMap<>();

  StagedRows(List<StagedData> files, StagedSets sets) {
    this.files = files;
    this.sets = sets;
    firstOfFile = new long[files.size() + 1];
    int count = files.stream().mapToInt(file -> file.groups().size()).sum();
    firstOfGroup = new long[count + 1];
    groups = new StagedGroup[count];
    int group = 0;
    for (int file = 0; file < files.size(); file++) {
      long row = firstOfFile[file];
      for (StagedGroup each : files.get(file).groups()) {
        if (each.firstRow() != row - firstOfFile[file]) {
          throw incomplete(files.get(file));
        }
        firstOfGroup[group] = row;
        groups[group++] = each;
        row += each.rows();
      }
      if (row - firstOfFile[file] != files.get(file).file().recordCount()) {
        throw incomplete(files.get(file));
      }
      firstOfFile[file + 1] = row;
    }
    firstOfGroup[count] = firstOfFile[files.size()];
  }

  private static IllegalArgumentException incomplete(StagedData data) {
    return new IllegalArgumentException(
        "The row groups noted for " + data.file().location() + " are not those of its rows.");
  }

  long count() {
    return firstOfFile[files.size()];
  }

  List<StagedData> files() {
    return files;
  }

  /** The number of a file's first row. */
  long first(int file) {
    return firstOfFile[file];
  }

  int file(long row) {
    return below(firstOfFile, row);
  }

  long position(long row) {
    return row - firstOfFile[file(row)];
  }

  /** Id of the set that brought a row. */
  long set(long row) {
    return groups[below(firstOfGroup, row)].set();
  }

  /** The row's position in its set's root batch. */
  int setRow(long row) {
    int group = below(firstOfGroup, row);
    return groups[group].setRow((int) (row - firstOfGroup[group]));
  }

  /** Whether a row came later in the input than another one. */
  boolean later(long row, long other) {
    long[] a = origin(row);
    long[] b = origin(other);
    return a[0] != b[0] ? a[0] > b[0] : a[1] > b[1];
  }

  private long[] origin(long row) {
    return origins.computeIfAbsent(set(row), id -> Origins.of(sets.runs(id))).of(setRow(row));
  }

  /** The last index whose entry is not above a value. */
  private static int below(long[] ascending, long value) {
    int at = Arrays.binarySearch(ascending, value);
    if (at < 0) {
      return -at - 2;
    }
    while (at + 1 < ascending.length && ascending[at + 1] == value) {
      at++;
    }
    return at;
  }

  /** Where a set's rows come from. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Origins(long[] firstSetRow, List<BatchSet.Run> runs) {
    static Origins of(List<BatchSet.Run> runs) {
      long[] first = new long[runs.size()];
      for (int i = 1; i < first.length; i++) {
        first[i] = first[i - 1] + runs.get(i - 1).rows();
      }
      return new Origins(first, runs);
    }

    /** Split and row within it. */
    long[] of(int setRow) {
      int at = below(firstSetRow, setRow);
      BatchSet.Run run = runs.get(at);
      return new long[] {run.split(), run.firstRow() + setRow - firstSetRow[at]};
    }
  }
}
