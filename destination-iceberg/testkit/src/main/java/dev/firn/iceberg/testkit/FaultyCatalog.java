package dev.firn.iceberg.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * A catalog that does to commits and looks what a test asks for, in order; without a request it
 * passes all through to another catalog. It shows what Firn does when such a thing happens, not how
 * often it does. What is slow takes no time: {@link #whileSlow} tells what happens meanwhile.
 */
public final class FaultyCatalog extends ForwardingCatalog {
  private final Deque<CommitFault> faults = new ArrayDeque<>();
  private final Deque<LookFault> lookFaults = new ArrayDeque<>();
  private final Map<TableIdentifier, TableMetadata> replaced = new HashMap<>();
  private final Map<Enum<?>, Integer> met = new ConcurrentHashMap<>();
  private Runnable late = () -> {};
  private Runnable whileSlow = () -> {};
  private KillSwitch killSwitch = KillSwitch.never();
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

  /** The next looks at tables meet these faults, one each. */
  public FaultyCatalog nextLooks(LookFault... scheduled) {
    lookFaults.addAll(List.of(scheduled));
    return this;
  }

  /** Whoever uses this catalog dies by this switch; each look and each commit is a call. */
  public FaultyCatalog dyingBy(KillSwitch other) {
    killSwitch = other;
    return this;
  }

  /**
   * What happens while a slow commit or look is under way, instead of time: a clock that moves on,
   * leases that run out, another writer's turn. It is run by whoever commits or looks, by several
   * threads at once where they do; without it a slow call is like any other.
   */
  public FaultyCatalog whileSlow(Runnable action) {
    whileSlow = action;
    return this;
  }

  /** How many commits have met this so far. */
  public int met(CommitFault fault) {
    return met.getOrDefault(fault, 0);
  }

  /** How many looks at tables have met this so far. */
  public int met(LookFault fault) {
    return met.getOrDefault(fault, 0);
  }

  /** Forgets the faults that were not met. */
  public FaultyCatalog calm() {
    faults.clear();
    lookFaults.clear();
    return this;
  }

  /** Lets a commit arrive that is under way still, if there is one. */
  public FaultyCatalog arrive() {
    Runnable commit = late;
    late = () -> {};
    commit.run();
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

  /** What a look at a table meets. */
  LookFault looking() {
    killSwitch.call();
    Runnable action = beforeLook.poll();
    if (action != null) {
      action.run();
    }
    LookFault fault = Optional.ofNullable(lookFaults.poll()).orElse(LookFault.NONE);
    met.merge(fault, 1, Integer::sum);
    return switch (fault) {
      case LOST -> throw new IllegalStateException("the connection broke, on request");
      case THROTTLED -> throw new ServiceUnavailableException("too much to do, on request");
      case NONE, STALE, SLOW -> fault;
    };
  }

  /** A slow commit or look is under way. */
  void slow() {
    whileSlow.run();
  }

  /** What a lagging replica shows of a table; nothing when it was committed to once at most. */
  Optional<TableMetadata> stale(TableIdentifier name) {
    return Optional.ofNullable(replaced.get(name));
  }

  /** A commit was applied. */
  void applied(TableIdentifier name, @Nullable TableMetadata base) {
    if (base != null) {
      replaced.put(name, base);
    }
  }

  /** A commit is under way. */
  void arrivesLate(Runnable commit) {
    late = commit;
  }

  void call() {
    killSwitch.call();
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

  /** What the commit that is being sent meets. */
  CommitFault sending() {
    killSwitch.call();
    arrive();
    commits++;
    Runnable action = before.poll();
    if (action != null) {
      action.run();
    }
    CommitFault fault = Optional.ofNullable(faults.poll()).orElse(CommitFault.NONE);
    met.merge(fault, 1, Integer::sum);
    return fault;
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    LookFault fault = looking();
    Table table = super.loadTable(identifier);
    if (fault == LookFault.STALE) {
      ((FaultyOperations) ((HasTableOperations) table).operations()).showStale();
    } else if (fault == LookFault.SLOW) {
      slow();
    }
    return table;
  }

  @Override
  TableOperations around(TableIdentifier name, TableOperations operations) {
    return new FaultyOperations(name, operations, this);
  }
}
