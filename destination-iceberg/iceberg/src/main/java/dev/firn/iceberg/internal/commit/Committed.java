package dev.firn.iceberg.internal.commit;

import dev.firn.load.TableOutcome;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What became of one table.
 *
 * @param exists whether there is a table now
 * @param found an earlier attempt had done it
 */
record Committed(TableOutcome outcome, long superseded, boolean exists, boolean found) {
  /** Nothing is done to the rows of a table. */
  static Committed nothing(TableName table, boolean exists) {
    TableOutcome none = Counts.NONE.outcome(table, "none", 0, OptionalLong.empty(), List.of(), 0);
    return new Committed(none, 0, exists, false);
  }

  /** Whether this load has made a snapshot or a schema change here, now or before. */
  boolean changed() {
    return found || !outcome.operation().equals("none");
  }

  /** Whether a snapshot of this load is there. */
  boolean hasRows() {
    return found || outcome.snapshotId().isPresent();
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
