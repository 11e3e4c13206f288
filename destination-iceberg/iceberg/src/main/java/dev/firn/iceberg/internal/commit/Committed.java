package dev.firn.iceberg.internal.commit;

import dev.firn.load.TableOutcome;
import java.util.List;

/**
 * What became of one table.
 *
 * @param exists whether there is a table now
 * @param found an earlier attempt had done it
 * @param unused staged files that no snapshot refers to
 */
record Committed(
    TableOutcome outcome, long superseded, boolean exists, boolean found, List<String> unused) {
  /** Whether this load has made a snapshot or a schema change here, now or before. */
  boolean changed() {
    return found || !outcome.operation().equals("none");
  }
}
