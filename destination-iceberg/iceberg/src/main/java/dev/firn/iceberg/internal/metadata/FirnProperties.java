package dev.firn.iceberg.internal.metadata;

/** Names of the table properties and snapshot summary entries that Firn writes. */
public final class FirnProperties {
  /** What all of them begin with. */
  static final String PREFIX = "firn.";

  /** Table property: what Firn knows about columns, see {@link ColumnNotes}. */
  public static final String COLUMNS = "firn.columns";

  /** Table property of a root: names of its child tables at any depth, a JSON array. */
  public static final String CHILDREN = "firn.children";

  /** Table property of a root with versions: the id of the column with their ends. */
  public static final String VERSION_ENDS = "firn.version-ends";

  /** Summary: the load that made the snapshot. */
  public static final String LOAD_ID = "firn.load-id";

  /** Summary: the load's pipeline. */
  public static final String PIPELINE = "firn.pipeline";

  /** Summary: version of the resource's state after the snapshot. */
  public static final String STATE_VERSION = "firn.state-version";

  /** Summary: the cursor's value after the snapshot. */
  public static final String CURSOR = "firn.cursor";

  /** Summary: exact row counts of the load, for a report made later. */
  public static final String COUNTS = "firn.counts";

  /** Summary: number of the merge plan that the snapshot follows, from 1. */
  public static final String PLAN = "firn.plan";

  /** Summary of an empty snapshot: the run that took the table from another one with it. */
  public static final String CLAIMED_BY = "firn.claimed-by";

  private FirnProperties() {}
}
