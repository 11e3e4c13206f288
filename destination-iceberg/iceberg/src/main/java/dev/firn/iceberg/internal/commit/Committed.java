package dev.firn.iceberg.internal.commit;

import dev.firn.load.TableOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one table.
 *
 * @param exists whether there is a table now
 * @param found an earlier attempt had done it
 */
record Committed(TableOutcome outcome, long superseded, boolean exists, boolean found) {
  /** Whether this load has made a snapshot or a schema change here, now or before. */
  boolean changed() {
    return found || !outcome.operation().equals("none");
  }

  /** Both commits of one table as one. */
  Committed and(Committed later) {
    if (!later.changed()) {
      return this;
    }
    TableOutcome second = later.outcome();
    List<String> changes = new ArrayList<>(outcome.schemaChanges());
    changes.addAll(second.schemaChanges());
    return new Committed(
        new TableOutcome(
            outcome.table(),
            changed() ? outcome.operation() : second.operation(),
            outcome.inserted() + second.inserted(),
            outcome.updated() + second.updated(),
            outcome.deleted() + second.deleted(),
            second.unchanged(),
            second.total(),
            second.snapshotId(),
            changes,
            outcome.filesAdded() + second.filesAdded()),
        superseded,
        true,
        found || later.found());
  }
}
