package dev.firn.iceberg.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;

/**
 * A catalog that does to commits what a test asks for, in order; without a request it passes all
 * through to another catalog. It shows what Firn does when such a thing happens, not how often it
 * does.
 */
public final class FaultyCatalog extends ForwardingCatalog {
  private final Deque<CommitFault> faults = new ArrayDeque<>();
  private final Deque<Runnable> before = new ArrayDeque<>();
  private final Deque<Runnable> beforeLook = new ArrayDeque<>();
  private UnaryOperator<FileIO> storage = UnaryOperator.identity();
  private int commits;

  public FaultyCatalog(Catalog inner) {
    super(inner);
  }

  /** The next commits meet these faults, one each. */
  public FaultyCatalog next(CommitFault... scheduled) {
    faults.addAll(List.of(scheduled));
    return this;
  }

  /** Forgets the faults that were not met. */
  public FaultyCatalog calm() {
    faults.clear();
    return this;
  }

  /** Runs once, right before the next commit is passed on: another writer's turn. */
  public FaultyCatalog beforeNextCommit(Runnable action) {
    before.add(action);
    return this;
  }

  /**
   * Runs once, right before a table is looked at, after as many looks as are told: another writer's
   * turn between two of them.
   */
  public FaultyCatalog afterLooks(int number, Runnable action) {
    for (int i = 0; i < number; i++) {
      beforeLook.add(() -> {});
    }
    beforeLook.add(action);
    return this;
  }

  void looking() {
    Runnable action = beforeLook.poll();
    if (action != null) {
      action.run();
    }
  }

  /** Tables read and write through this storage. */
  public FaultyCatalog storage(UnaryOperator<FileIO> wrapper) {
    storage = wrapper;
    return this;
  }

  /** Commits that were sent so far, those that failed included. */
  public int commits() {
    return commits;
  }

  FileIO storage(FileIO io) {
    return storage.apply(io);
  }

  /** What the commit that is being sent meets; nothing when it is to pass. */
  java.util.Optional<CommitFault> sending() {
    commits++;
    Runnable action = before.poll();
    if (action != null) {
      action.run();
    }
    return java.util.Optional.ofNullable(faults.poll());
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    looking();
    return super.loadTable(identifier);
  }

  @Override
  TableOperations around(TableIdentifier name, TableOperations operations) {
    return new FaultyOperations(operations, this);
  }
}
