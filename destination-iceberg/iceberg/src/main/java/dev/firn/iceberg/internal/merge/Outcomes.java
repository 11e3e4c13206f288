package dev.firn.iceberg.internal.merge;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/**
 * The outcome of every staged root row, by set and row within the set's root batch. Small enough to
 * keep beside a package: about two bits a row at worst.
 *
 * <p>Children commit before their root. Their commit writes this down; a later round that plans
 * against another root snapshot is given it and plans what the children then lack.
 */
public final class Outcomes {
  private static final int FORMAT = 0x464f4302; // FOC, version 2
  private static final long NO_SNAPSHOT = -1;

  private final long snapshot;
  private final Map<Long, SetOutcomes> sets;

  private Outcomes(long snapshot, Map<Long, SetOutcomes> sets) {
    this.snapshot = snapshot;
    this.sets = sets;
  }

  /** The root's snapshot that the plan was made against; empty if it had none. */
  public OptionalLong rootSnapshot() {
    return snapshot == NO_SNAPSHOT ? OptionalLong.empty() : OptionalLong.of(snapshot);
  }

  /** What became of one staged root row; {@code INSERTED} for rows of sets that were not there. */
  public Outcome of(long set, int row) {
    SetOutcomes rows = sets.get(set);
    if (rows == null) {
      return Outcome.INSERTED;
    }
    if (rows.updated.contains(row)) {
      return Outcome.UPDATED;
    }
    if (rows.unchanged.contains(row)) {
      return Outcome.UNCHANGED;
    }
    if (rows.deleted.contains(row)) {
      return Outcome.DELETED;
    }
    return rows.superseded.contains(row) ? Outcome.SUPERSEDED : Outcome.INSERTED;
  }

  /**
   * The number of staged root rows of this outcome; not for {@code INSERTED}, which is the rest.
   */
  long count(Outcome outcome) {
    return sets.values().stream().mapToLong(rows -> rows.of(outcome).getLongCardinality()).sum();
  }

  /** Whether any row of a set has an outcome other than {@code INSERTED}. */
  boolean has(long set, Outcome outcome) {
    SetOutcomes rows = sets.get(set);
    return rows != null && !rows.of(outcome).isEmpty();
  }

  /** Passes on the rows of a set that have an outcome other than {@code INSERTED}, ascending. */
  void forEach(long set, Outcome outcome, IntConsumer consumer) {
    SetOutcomes rows = sets.get(set);
    if (rows != null) {
      rows.of(outcome).forEach((int row) -> consumer.accept(row));
    }
  }

  /** Whether each row has the same outcome as there, if against another snapshot of the root. */
  public boolean hasRowsOf(Outcomes other) {
    return sets.equals(other.sets);
  }

  /** Writes a form that {@link #read} reads. */
  public void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(FORMAT);
    data.writeLong(snapshot);
    data.writeInt(sets.size());
    for (Map.Entry<Long, SetOutcomes> each : sets.entrySet()) {
      data.writeLong(each.getKey());
      each.getValue().updated.serialize(data);
      each.getValue().unchanged.serialize(data);
      each.getValue().superseded.serialize(data);
      each.getValue().deleted.serialize(data);
    }
    data.flush();
  }

  /** Reads what {@link #write} wrote. */
  public static Outcomes read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int format = data.readInt();
    if (format != FORMAT) {
      throw new IOException("Not a file of merge outcomes: it begins with " + format + ".");
    }
    long snapshot = data.readLong();
    Map<Long, SetOutcomes> sets = new TreeMap<>();
    for (int left = data.readInt(); left > 0; left--) {
      SetOutcomes rows = new SetOutcomes();
      sets.put(data.readLong(), rows);
      rows.updated.deserialize(data);
      rows.unchanged.deserialize(data);
      rows.superseded.deserialize(data);
      rows.deleted.deserialize(data);
    }
    return new Outcomes(snapshot, sets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Outcomes that && snapshot == that.snapshot && sets.equals(that.sets);
  }

  @Override
  public int hashCode() {
    return sets.hashCode();
  }

  @Override
  public String toString() {
    return "outcomes at snapshot " + snapshot + " of sets " + sets.keySet();
  }

  /** The rows of one set; those in no bitmap were inserted. */
  private record SetOutcomes(
      RoaringBitmap updated,
      RoaringBitmap unchanged,
      RoaringBitmap superseded,
      RoaringBitmap deleted) {
    SetOutcomes() {
      this(new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap());
    }

    RoaringBitmap of(Outcome outcome) {
      return switch (outcome) {
        case UPDATED -> updated;
        case UNCHANGED -> unchanged;
        case SUPERSEDED -> superseded;
        case DELETED -> deleted;
        case INSERTED -> throw new IllegalArgumentException("inserted rows are the rest");
      };
    }
  }

  /** Gathers outcomes; rows that are never told are inserted. */
  static final class Builder {
    private final Map<Long, SetOutcomes> sets = new TreeMap<>();

    void add(long set, int row, Outcome outcome) {
      sets.computeIfAbsent(set, id -> new SetOutcomes()).of(outcome).add(row);
    }

    Outcomes build(OptionalLong rootSnapshot) {
      for (SetOutcomes rows : sets.values()) {
        rows.updated.runOptimize();
        rows.unchanged.runOptimize();
        rows.superseded.runOptimize();
        rows.deleted.runOptimize();
      }
      return new Outcomes(rootSnapshot.orElse(NO_SNAPSHOT), sets);
    }
  }
}
