package dev.firn.internal.run;

import dev.firn.destination.Destination;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.PackageStore.Owner;
import dev.firn.internal.run.ResourceRun.Extracted;
import dev.firn.internal.run.ResourceRun.Place;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.Concurrency;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.schema.TableName;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.state.Lease;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loads of one run: extracts, commits, and holds the tables meanwhile. */
final class Loads {
  private static final Logger log = LoggerFactory.getLogger(Loads.class);

  private static final Set<ErrorCode> REFUSALS =
      Set.of(
          ErrorCode.STATE_MOVED,
          ErrorCode.LEASE_LOST,
          ErrorCode.CONTRACT_FROZEN,
          ErrorCode.BAD_KEY_VALUE,
          ErrorCode.UNMERGEABLE);

  private final PipelineSpec pipeline;
  private final RunOptions options;
  private final Destination destination;
  private final Clock clock;
  private final PackageStore packages;
  private final RunJournal journal;
  private final Quarantines quarantines;
  private final Concurrency concurrency;
  private final String runId;
  private final Path work;
  private final Object committing = new Object();

  Loads(
      PipelineSpec pipeline,
      RunOptions options,
      Destination destination,
      Clock clock,
      String runId,
      RunJournal journal) {
    this.pipeline = pipeline;
    this.options = options;
    this.destination = destination;
    this.clock = clock;
    this.journal = journal;
    this.quarantines = new Quarantines(destination, journal::warn);
    this.concurrency = options.over(pipeline.concurrency());
    this.runId = runId;
    this.work = pipeline.folder().resolve(".firn");
    this.packages = new PackageStore(work.resolve("packages"));
  }

  /** Those of earlier runs. */
  EarlierLoads earlier() {
    return new EarlierLoads(pipeline, destination, packages, this, journal);
  }

  /** When a lease ends that is made now. */
  Instant leaseEnd() {
    return clock.instant().plus(concurrency.lease());
  }

  private Tenure.Terms terms() {
    return new Tenure.Terms(
        destination.metadata(),
        pipeline.name(),
        runId,
        ProjectOwner.of(work),
        concurrency.lease(),
        concurrency.onLocked(),
        Waiting.SLEEP,
        clock);
  }

  /** Keeps other runs of this project out of a table. */
  RunLock lock(TableName table) {
    String name = table.toString();
    Path locks = work.resolve("locks");
    return RunLock.take(locks, pipeline.name(), name, concurrency.onLocked(), Waiting.SLEEP);
  }

  /** What tells the input and options of a load from others. */
  static String fingerprint(Task task) {
    ResourceSpec resource = task.resource();
    String input = task.reader().fingerprint();
    String range =
        resource
            .incremental()
            .filter(IncrementalSpec::stateless)
            .map(spec -> "|" + spec.cursor() + " " + spec.initial() + " " + spec.end())
            .orElse("");
    return (input + "|" + resource.disposition() + rules(resource) + "|" + resource.key() + range)
        .replace('\n', ' ');
  }

  private static String rules(ResourceSpec resource) {
    WriteRules rules = resource.rules();
    return rules.equals(WriteRules.DEFAULT) ? "" : RulesJson.write(rules).toString();
  }

  /**
   * Works on a table as the one run that does.
   *
   * @param work is given what it holds the table by; empty: tables of this pipeline hold no leases
   */
  void holding(TableName table, Consumer<Optional<Tenure>> work) {
    if (!concurrency.leased()) {
      work.accept(Optional.empty());
      return;
    }
    try (Tenure tenure = Tenure.begin(terms(), table)) {
      work.accept(Optional.of(tenure));
    }
  }

  /** Extracts and commits, as the one run that works on the table. */
  void load(Task task) {
    holding(task.table(), tenure -> journal.report(load(task, tenure, () -> {})));
  }

  /**
   * Extracts and commits.
   *
   * @param staged is done when all is extracted, before the package counts
   * @return what the load did
   */
  ResourceReport load(Task task, Optional<Tenure> tenure, Runnable staged) {
    return TablesMoved.again(
        () -> loadOnce(task, tenure, staged), task.resource().name(), journal::warn);
  }

  private ResourceReport loadOnce(Task task, Optional<Tenure> tenure, Runnable staged) {
    TableName table = task.table();
    LoadId loadId = LoadId.next(clock);
    Owner owner =
        new Owner(
            pipeline.name(),
            task.resource().name(),
            table.toString(),
            destination.identity(),
            fingerprint(task));
    Path folder = packages.begin(loadId, owner, tenure.map(Tenure::lease));
    log.info("Loading {} into {}, load {}", task.resource().name(), table, loadId);
    Place place = new Place(table, folder, packages, staged);
    Extracted extracted = extract(task, tenure, loadId, place);
    if (extracted.sealed().isEmpty()) {
      quarantines.forgetReplayed(task.resource().name(), table, extracted.before());
      PackageStore.delete(folder);
      return ResourceReports.nothing(task, extracted);
    }
    LoadPackage load = extracted.sealed().get();
    try {
      tenure.ifPresent(Tenure::requireHeld);
      CommitResult result = commit(load, tenure.map(Tenure::lease), folder);
      tenure.ifPresent(Tenure::committed);
      quarantines.forgetOld(task, load, clock.instant());
      return ResourceReports.of(load, result, extracted.bytes(), extracted.warnings())
          .withContract(extracted.contract());
    } catch (FirnException e) {
      if (refused(e)) {
        drop(load, folder);
      } else {
        tenure.ifPresent(Tenure::keep);
      }
      throw TablesMoved.orOther(e, task.reader(), load);
    }
  }

  /** Whether committing the same package again could never succeed. */
  static boolean refused(FirnException e) {
    return REFUSALS.contains(e.code());
  }

  /** Removes a package that can never be committed. */
  void drop(LoadPackage load, Path folder) {
    destination.discard(load, folder);
    PackageStore.delete(folder);
    journal.discarded(load.loadId().value());
  }

  private Extracted extract(Task task, Optional<Tenure> tenure, LoadId loadId, Place place) {
    if (tenure.isEmpty()) {
      return extract(task, loadId, place);
    }
    try (Heartbeat beat = Heartbeat.start(tenure.get()::tick, concurrency.lease())) {
      log.debug("Keeping the lease by {}", beat);
      return extract(task, loadId, place);
    }
  }

  private Extracted extract(Task task, LoadId loadId, Place place) {
    boolean complete = false;
    try (BufferAllocator allocator = new RootAllocator()) {
      Extracted extracted =
          new ResourceRun(task, loadId, PlanGuard.of(options.plan(), task))
              .extract(place, allocator);
      complete = true;
      return extracted;
    } finally {
      if (!complete) {
        forget(place.folder());
      }
    }
  }

  /** Removes what a failed extraction left; what cannot be removed now is the next run's to do. */
  private void forget(Path folder) {
    try {
      packages.unseal(folder);
      destination.discardUnsealed(folder);
      PackageStore.delete(folder);
    } catch (RuntimeException e) {
      log.warn("The package {} is left to the next run: {}", folder, e.getMessage());
    }
  }

  /** Commits a sealed package and forgets it. */
  CommitResult commit(LoadPackage load, Optional<Lease> lease, Path folder) {
    CommitResult result;
    synchronized (committing) { // child tables of two loads at once would look unfinished
      LoadObserver observer = options.observer();
      result =
          lease.isPresent()
              ? destination.commit(load, lease.get(), folder, observer)
              : destination.commit(load, folder, observer);
    }
    PackageStore.delete(folder);
    quarantines.forgetReplayed(load.resource(), load.root().schema().name(), load.after());
    TableOutcome root = result.tables().get(0);
    log.info(
        "Committed {}: {} inserted, {} updated, {} unchanged, snapshot {}",
        root.table(),
        root.inserted(),
        root.updated(),
        root.unchanged(),
        root.snapshotId());
    return result;
  }
}
