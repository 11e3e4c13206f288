package dev.firn.internal.run;

import dev.firn.destination.LiveTable;
import dev.firn.destination.MetadataService;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.OnLocked;
import dev.firn.schema.TableName;
import dev.firn.state.Lease;
import dev.firn.state.Lease.Holder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run's time at a table. A short one leaves no mark but the epoch that its commit brings; a
 * long one is announced in the catalog, and again before others would take it for dead.
 */
final class Tenure implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Tenure.class);
  private static final Duration SHORT = Duration.ofSeconds(10);

  private final Terms terms;
  private final TableName table;
  private final Lease lease;
  private Instant due;
  private boolean announced;
  private boolean lost;
  private boolean kept;

  private Tenure(Terms terms, TableName table, Lease lease) {
    this.terms = terms;
    this.table = table;
    this.lease = lease;
    this.due = terms.clock().instant().plus(shorter(SHORT, terms.length().dividedBy(3)));
  }

  /**
   * What all tenures of a run have in common.
   *
   * @param owner the project, as others see it
   * @param length how long a holder is taken to be alive that says nothing
   */
  record Terms(
      MetadataService metadata,
      String pipeline,
      String run,
      String owner,
      Duration length,
      OnLocked onLocked,
      Waiting waiting,
      Clock clock) {}

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Begins, as soon as nobody else is at work on the table.
   *
   * @throws FirnException {@code ALREADY_RUNNING} when somebody is, and nobody waits
   */
  static Tenure begin(Terms terms, TableName table) {
    Lease now = look(terms, table);
    while (now.keepsOut(terms.owner(), terms.clock().instant())) {
      if (terms.onLocked() == OnLocked.FAIL) {
        throw running(terms, table, now);
      }
      log.info("Waiting for run {} at {}", now.run(), table);
      terms.waiting().pause();
      now = look(terms, table);
    }
    Tenure tenure = new Tenure(terms, table, now.next(terms.run()));
    boolean others = now.holder().filter(who -> !who.owner().equals(terms.owner())).isPresent();
    if (others) {
      log.warn("Run {} at {} is taken for dead: its lease has expired", now.run(), table);
      tenure.announce();
    }
    return tenure;
  }

  private static Lease look(Terms terms, TableName table) {
    return terms
        .metadata()
        .current(table)
        .map(live -> live.lease(terms.pipeline()))
        .orElse(Lease.NONE);
  }

  private static FirnException running(Terms terms, TableName table, Lease now) {
    Holder who = now.holder().orElseThrow();
    return new FirnException(
        ErrorCode.ALREADY_RUNNING,
        "Table %s is being loaded by another run of pipeline %s: run %s of %s, which is taken to be alive until %s."
            .formatted(table, terms.pipeline(), now.run(), who.owner(), who.until()),
        "Wait for it to end, or set concurrency.on-locked to wait. If it was killed, its lease ends by itself.");
  }

  /** What commits are made under, in the hands of this project from now on. */
  Lease lease() {
    return lease.heldBy(holder());
  }

  private Holder holder() {
    return new Holder(terms.owner(), terms.clock().instant().plus(terms.length()));
  }

  /** Announces the run if it is time to; to be called again and again. */
  synchronized void tick() {
    if (lost || terms.clock().instant().isBefore(due)) {
      return;
    }
    try {
      announce();
    } catch (RuntimeException e) {
      log.warn("The lease on {} cannot be renewed now: {}", table, e.getMessage());
    }
  }

  private synchronized void announce() {
    Optional<LiveTable> live = terms.metadata().current(table);
    if (live.isEmpty()) {
      return; // whoever makes the table is the first
    }
    Lease now = live.get().lease(terms.pipeline());
    if (!lease.follows(now)) {
      lost = true;
      return;
    }
    Lease held = lease();
    if (replace(live.get(), held)) {
      announced = true;
      due = terms.clock().instant().plus(terms.length().dividedBy(2));
      log.debug("Holding {} until {}", table, held.holder());
    }
  }

  private boolean replace(LiveTable live, Lease next) {
    String key = Lease.key(terms.pipeline());
    Optional<String> seen = Optional.ofNullable(live.properties().get(key));
    return terms.metadata().replaceProperty(table, key, seen, next.toJson());
  }

  /**
   * Checks that nobody took the table over as far as was seen; the commit finds out for sure.
   *
   * @throws FirnException {@code LEASE_LOST}
   */
  synchronized void requireHeld() {
    if (lost) {
      throw new FirnException(
          ErrorCode.LEASE_LOST,
          "Table %s: another run of pipeline %s took over from run %s while it was reading."
              .formatted(table, terms.pipeline(), terms.run()),
          "Run again: what was read is dropped and read anew.");
    }
  }

  /** A commit gave the lease back: whoever reads on takes it again at the next tick. */
  synchronized void committed() {
    if (announced) {
      due = terms.clock().instant();
    }
  }

  /** Leaves the lease as it is: a package that is kept needs it. */
  synchronized void keep() {
    kept = true;
  }

  private boolean isHeld(Lease now) {
    return now.run().equals(terms.run()) && now.holder().isPresent();
  }

  /** Gives the lease back if it was announced and no commit has done so. */
  @Override
  public synchronized void close() {
    if (announced && !kept && !lost) {
      try {
        terms
            .metadata()
            .current(table)
            .filter(live -> isHeld(live.lease(terms.pipeline())))
            .ifPresent(live -> replace(live, lease.released()));
      } catch (RuntimeException e) {
        log.warn("The lease on {} is left to expire: {}", table, e.getMessage());
      }
    }
  }
}
