package dev.firn.iceberg.testkit.schedule;

import dev.firn.iceberg.testkit.CommitFault;
import dev.firn.iceberg.testkit.LookFault;
import dev.firn.iceberg.testkit.Maintenance;
import java.util.List;
import java.util.OptionalInt;

/** One thing that happens in a schedule. */
sealed interface Step {
  /** The source brings more: new keys, new versions of old ones, ties of the cursor. */
  record Arrival(List<Arriving> orders, boolean tied) implements Step {
    public Arrival {
      orders = List.copyOf(orders);
    }
  }

  /** The next version of an order, or word that it is gone. */
  record Arriving(int id, boolean gone) {}

  /** A run of the pipeline. */
  record Load(Weather weather) implements Step {}

  /** What others do to the tables, between runs or within one. */
  sealed interface Others extends Step {}

  /** Another engine works on a table and changes no row: 0 the root, 1 its child. */
  record Foreign(Maintenance work, int table) implements Others {}

  /**
   * Another engine changes rows.
   *
   * @param id an order's, or of one that no source knows
   */
  record ForeignRow(RowWork work, int id) implements Others {}

  /** How it does. */
  enum RowWork {
    /** Adds an order of its own. */
    APPEND,
    /** Deletes an order by copying the others. */
    DELETE_BY_COPYING,
    /** Deletes an order by its key. */
    DELETE_BY_VALUE
  }

  /**
   * From now on the pipeline runs on one of two machines, which share nothing but the lake.
   *
   * @param later whether so much time has passed that leases are over
   */
  record Move(int machine, boolean later) implements Step {}

  /**
   * What a run meets.
   *
   * @param commits faults of its commits, in order
   * @param looks faults of its looks, in order
   * @param storage faults of its storage
   * @param killedAfter calls to catalog and storage, and points of the run that are passed
   * @param meanwhile what others do before one of its commits
   */
  record Weather(
      List<CommitFault> commits,
      List<LookFault> looks,
      StorageFaults storage,
      OptionalInt killedAfter,
      List<Others> meanwhile) {
    static final Weather FAIR =
        new Weather(List.of(), List.of(), StorageFaults.NONE, OptionalInt.empty(), List.of());

    public Weather {
      commits = List.copyOf(commits);
      looks = List.copyOf(looks);
      meanwhile = List.copyOf(meanwhile);
    }

    boolean fair() {
      return equals(FAIR);
    }

    Weather withCommits(List<CommitFault> others) {
      return new Weather(others, looks, storage, killedAfter, meanwhile);
    }

    Weather withLooks(List<LookFault> others) {
      return new Weather(commits, others, storage, killedAfter, meanwhile);
    }

    Weather withStorage(StorageFaults other) {
      return new Weather(commits, looks, other, killedAfter, meanwhile);
    }

    Weather withKill(OptionalInt after) {
      return new Weather(commits, looks, storage, after, meanwhile);
    }

    Weather withMeanwhile(List<Others> others) {
      return new Weather(commits, looks, storage, killedAfter, others);
    }
  }

  /**
   * What each storage of a table meets.
   *
   * @param lostCall the call that fails
   * @param slowCall the call that takes so long that leases run out
   * @param full bytes until the disk is full
   */
  record StorageFaults(OptionalInt lostCall, OptionalInt slowCall, OptionalInt full) {
    static final StorageFaults NONE =
        new StorageFaults(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }
}
