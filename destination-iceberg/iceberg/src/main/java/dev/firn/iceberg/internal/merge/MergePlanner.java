package dev.firn.iceberg.internal.merge;

import dev.firn.error.FirnException;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Plans merges. Reads the key columns of staged files and of those target files that may hold one
 * of their keys; writes nothing. A plan holds for the snapshots it was made from: a commit that
 * loses its race plans again.
 */
public final class MergePlanner {
  /** A budget that plans about 1.5 million staged rows in one pass. */
  public static final long DEFAULT_BUDGET_BYTES = 64L << 20;

  private final BufferAllocator memory;
  private final long budgetBytes;

  /**
   * @param memory for vectors while files are read; empty again after each plan
   * @param budgetBytes for the table of keys; more rows are planned in several passes, each over a
   *     range of key hashes
   */
  public MergePlanner(BufferAllocator memory, long budgetBytes) {
    this.memory = memory;
    this.budgetBytes = budgetBytes;
  }

  /**
   * Plans a load that has committed nothing yet.
   *
   * @throws FirnException {@code BAD_KEY_VALUE} for a null in a key column of a staged row or a key
   *     column of floating point numbers
   */
  public MergePlan plan(MergeRequest request) {
    throw new UnsupportedOperationException(memory + " " + budgetBytes + request);
  }

  /**
   * Plans a load whose children are committed and whose root is not. Staged root rows whose
   * children were made visible stay alive, even if they are now the same as the target's; for rows
   * that have come alive since, the children's plans add what they lack.
   *
   * @param committed the outcomes of the plan that the children were committed with
   */
  public MergePlan plan(MergeRequest request, Outcomes committed) {
    throw new UnsupportedOperationException(memory + " " + budgetBytes + request + committed);
  }
}
