package dev.firn.batch;

import java.util.List;
import java.util.Optional;

/**
 * What some stretches of input became: the root's rows and their child rows. Staged together, and
 * kept or dropped together.
 *
 * @param id unique within a load
 * @param runs where the root's rows come from, in the order of the rows
 * @param children the batches of all child tables that have rows here
 * @param quarantine records of the same stretches that are not loaded but kept beside the root
 */
public record BatchSet(
    long id, List<Run> runs, Batch root, List<ChildBatch> children, Optional<Batch> quarantine)
    implements AutoCloseable {
  public BatchSet {
    runs = List.copyOf(runs);
    children = List.copyOf(children);
  }

  /** A set of which no record is kept aside. */
  public BatchSet(long id, List<Run> runs, Batch root, List<ChildBatch> children) {
    this(id, runs, root, children, Optional.empty());
  }

  /**
   * A stretch of root rows from one split, in the split's order. The input order of two rows of a
   * load is that of (split, firstRow + offset).
   *
   * @param split ordinal of the split
   * @param firstRow the first row's number within the split, from 0
   * @param rows how many
   */
  public record Run(long split, long firstRow, int rows) {}

  /**
   * The rows of one child table.
   *
   * @param rootRows for each child row, ascending, the position of its root row in the root batch
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared: a batch is used once, then closed
  public record ChildBatch(Batch batch, int[] rootRows) {}

  /** Bytes held by all batches. */
  public long bytes() {
    long sum = root.bytes() + quarantine.map(Batch::bytes).orElse(0L);
    for (ChildBatch child : children) {
      sum += child.batch().bytes();
    }
    return sum;
  }

  @Override
  public void close() {
    root.close();
    children.forEach(child -> child.batch().close());
    quarantine.ifPresent(Batch::close);
  }
}
