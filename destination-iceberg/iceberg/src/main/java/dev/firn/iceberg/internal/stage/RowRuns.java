package dev.firn.iceberg.internal.stage;

import dev.firn.batch.BatchSet;
import dev.firn.iceberg.internal.stage.StagedDetails.RowRun;
import java.util.ArrayList;
import java.util.List;

/** Where chosen rows of a root batch come from. */
final class RowRuns {
  private RowRuns() {}

  /** All rows. */
  static List<RowRun> all(List<BatchSet.Run> runs) {
    List<RowRun> all = new ArrayList<>(runs.size());
    int setRow = 0;
    for (BatchSet.Run run : runs) {
      all.add(new RowRun(run.split(), run.firstRow(), setRow, run.rows()));
      setRow += run.rows();
    }
    return all;
  }

  /** The rows at the positions given, ascending, as the longest stretches. */
  static List<RowRun> at(int[] positions, List<BatchSet.Run> runs) {
    List<RowRun> chosen = new ArrayList<>();
    List<RowRun> all = all(runs);
    int run = 0;
    for (int i = 0; i < positions.length; ) {
      while (positions[i] >= all.get(run).setRow() + all.get(run).rows()) {
        run++;
      }
      int end = i + 1;
      int runEnd = all.get(run).setRow() + all.get(run).rows();
      while (end < positions.length
          && positions[end] == positions[end - 1] + 1
          && positions[end] < runEnd) {
        end++;
      }
      int offset = positions[i] - all.get(run).setRow();
      chosen.add(
          new RowRun(
              all.get(run).split(), all.get(run).firstRow() + offset, positions[i], end - i));
      i = end;
    }
    return chosen;
  }
}
