package dev.firn.internal.normalize;

import dev.firn.batch.BatchSet;
import dev.firn.batch.BatchSet.Run;
import dev.firn.error.FirnException;
import dev.firn.load.LoadCounts;
import dev.firn.schema.DataType;
import dev.firn.source.RecordSink;
import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads splits on one thread and writes their rows in sets. When a split changes the type of a
 * column, what was gathered before is written, and the split is read again under the new plan.
 */
public final class NormalizeWorker implements AutoCloseable {
  /**
   * A type can change a few times within a split; more often means that reading is not repeatable.
   */
  private static final int MOST_READINGS = 40;

  private final Parts parts;
  private final SetWriter writer;
  private final long budget;
  private final RecordBuilder builder;
  private final RecordSink sink;
  private final Counts counts;
  private final Aside aside;
  private final List<StagedSet> staged = new ArrayList<>();
  private List<Run> runs = new ArrayList<>();
  private Set<String> groups = new HashSet<>();
  private LoadPlan plan;

  /** What a worker is made of. */
  record Parts(
      LoadSchema schema,
      TableBuilder root,
      RecordRules rules,
      RecordChecks checks,
      RowHashes hashes,
      SetBuilder sets,
      QuarantineRows quarantine,
      AtomicLong setIds) {}

  NormalizeWorker(Parts parts, SetWriter writer, long budget) {
    this.parts = parts;
    this.writer = writer;
    this.budget = budget;
    this.plan = parts.schema().plan();
    this.counts = parts.root().state().counts;
    this.aside = parts.root().state().aside;
    this.builder = new RecordBuilder(parts.root(), parts.rules(), parts.checks());
    this.sink = parts.checks().before(builder);
    parts.root().reset(plan);
  }

  /** The sets written so far. */
  public List<StagedSet> staged() {
    return List.copyOf(staged);
  }

  /** Root records read so far and not yet written, and those written. */
  public long recordsRead() {
    long sum = counts.read;
    for (StagedSet set : staged) {
      sum += set.counts().read();
    }
    return sum;
  }

  /**
   * Reads a split.
   *
   * @throws FirnException as the split and the contract throw; nothing of the split stays then
   */
  public void load(Split split) {
    for (int reading = 0; reading < MOST_READINGS; reading++) {
      if (parts.schema().plan().version() != plan.version()) {
        flush();
      }
      int before = parts.root().rows();
      int keptBefore = parts.quarantine().rows();
      Counts.Mark countsBefore = counts.mark();
      boolean complete = false;
      try {
        parts.checks().beginSplit(split);
        aside.beginSplit();
        split.read(sink);
        parts.schema().merge(parts.root());
        if (!clashed(parts.root())) {
          parts.quarantine().add(split, aside.notes());
          complete = true;
        }
      } finally {
        if (!complete) {
          takeBack(before, countsBefore);
          parts.quarantine().truncate(keptBefore);
        }
      }
      if (complete) {
        finish(split, before);
        return;
      }
      flush();
    }
    throw new IllegalStateException(
        "The types of split " + split.ordinal() + " of " + split.group() + " never settle.");
  }

  /** Nothing of the split stays: rows, counts, facts or cursor. */
  private void takeBack(int rows, Counts.Mark countsBefore) {
    builder.abandon();
    parts.root().truncate(rows);
    parts.root().state().undo(0);
    parts.checks().takeBackSplit();
    counts.restore(countsBefore);
  }

  private void finish(Split split, int before) {
    parts.root().state().forget();
    parts.checks().endSplit();
    runs.add(new Run(split.ordinal(), 0, parts.root().rows() - before));
    groups.add(split.group());
    if (parts.root().bytes() + parts.quarantine().bytes() >= budget) {
      flush();
    }
  }

  /** Whether a column got values that its buffer cannot hold, or a name that another path has. */
  private boolean clashed(TableBuilder table) {
    for (ColumnBuilder column : table.columns()) {
      if (column.clashed() || renamed(table, column)) {
        return true;
      }
    }
    for (TableBuilder child : table.children()) {
      if (clashed(child)) { // as deep as records may be, so each level costs one frame
        return true;
      }
    }
    return false;
  }

  private boolean renamed(TableBuilder table, ColumnBuilder column) {
    LoadPlan newest = parts.schema().plan();
    return newest.version() != plan.version()
        && column.named()
        && !newest
            .again(newest.table(table.path, table.plan()), column)
            .name()
            .equals(column.plan().name());
  }

  /** Learns what a split says and forgets its rows. */
  void sample(Split split) {
    try {
      split.read(builder);
      parts.schema().merge(parts.root());
    } catch (FirnException e) {
      builder.abandon(); // a sample may begin in the middle of what only the whole file explains
    }
    parts.root().truncate(0);
    parts.root().state().forget();
    parts.checks().reset();
    counts.clear();
    plan = parts.schema().plan();
    parts.root().reset(plan);
  }

  /** Writes what is gathered. */
  public void flush() {
    TableBuilder root = parts.root();
    if (root.rows() > 0 || counts.read > 0 || !runs.isEmpty()) {
      write(root);
    }
    runs = new ArrayList<>();
    groups = new HashSet<>();
    counts.clear();
    parts.checks().reset();
    parts.quarantine().reset();
    plan = parts.schema().plan();
    root.reset(plan);
  }

  private void write(TableBuilder root) {
    long id = parts.setIds().getAndIncrement();
    List<StagedSet.Table> tables = new ArrayList<>();
    describe(root, tables);
    parts.checks().write(id, root);
    if (root.rows() + parts.quarantine().rows() > 0) {
      try (BatchSet set = parts.sets().build(id, root, runs, parts.hashes(), parts.quarantine())) {
        writer.write(set);
      } finally {
        parts.sets().release();
      }
    }
    LoadCounts loadCounts = counts.toLoadCounts(root.rows());
    staged.add(
        new StagedSet(
            id, runs, groups, loadCounts, tables, parts.checks().mark(), parts.checks().tally()));
  }

  private static void describe(TableBuilder table, List<StagedSet.Table> into) {
    if (table.rows() == 0) {
      return;
    }
    List<StagedSet.ColumnPart> columns = new ArrayList<>();
    for (ColumnBuilder column : table.columns()) {
      DataType type = column.type();
      if (column.nonNull() > 0 && type != null) {
        columns.add(
            new StagedSet.ColumnPart(
                column.path,
                column.aliases,
                column.plan().name(),
                column.plan().kind(),
                type,
                column.facts(),
                column.digits()));
      }
    }
    boolean hasChildRows = table.children().stream().anyMatch(child -> child.rows() > 0);
    into.add(
        new StagedSet.Table(
            table.path,
            table.name(),
            table.rows(),
            SetBuilder.needsIds(table),
            hasChildRows,
            columns));
    table.children().forEach(child -> describe(child, into));
  }

  @Override
  public void close() {
    parts.checks().close();
    parts.root().close();
    parts.quarantine().close();
  }
}
