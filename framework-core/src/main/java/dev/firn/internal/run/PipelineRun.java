package dev.firn.internal.run;

import dev.firn.destination.Destination;
import dev.firn.engine.LocalEngine;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.PackageStore.Owner;
import dev.firn.internal.run.PackageStore.Pending;
import dev.firn.internal.run.ResourceRun.Extracted;
import dev.firn.internal.run.ResourceRun.Task;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.TableOutcome;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.Concurrency;
import dev.firn.pipeline.OnLocked;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.schema.TableName;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.state.Lease;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a pipeline: for each resource, finish what is pending, extract, commit, report. */
public final class PipelineRun {
  private static final Logger log = LoggerFactory.getLogger(PipelineRun.class);

  private static final Set<ErrorCode> REFUSALS =
      Set.of(
          ErrorCode.STATE_MOVED,
          ErrorCode.LEASE_LOST,
          ErrorCode.CONTRACT_FROZEN,
          ErrorCode.UNMERGEABLE);

  private final PipelineSpec pipeline;
  private final RunOptions options;
  private final Destination destination;
  private final Clock clock;
  private final String runId;
  private final PackageStore packages;
  private final Path locks;
  private final Concurrency concurrency;
  private final Waiting waiting = Waiting.SLEEP;
  private final Quarantines quarantines;
  private final List<ResourceReport> reports = new ArrayList<>();
  private final List<String> finished = new ArrayList<>();
  private final List<String> discarded = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param runId the run's name, as templates of the pipeline were filled with it
   */
  public PipelineRun(
      PipelineSpec pipeline,
      Destination destination,
      RunOptions options,
      Clock clock,
      String runId) {
    this.pipeline = pipeline;
    this.options = options;
    this.destination = destination;
    this.clock = clock;
    this.runId = runId;
    Path work = pipeline.folder().resolve(".firn");
    this.packages = new PackageStore(work.resolve("packages"));
    this.locks = work.resolve("locks");
    this.concurrency = options.over(pipeline.concurrency());
    this.quarantines = new Quarantines(destination, warnings::add);
  }

  /**
   * Runs all resources in order, then publishes what they loaded; the first failure ends the run
   * and is part of the report.
   */
  public RunReport run(List<OpenSource> sources) {
    Instant startedAt = clock.instant();
    Optional<FirnException> error = Optional.empty();
    for (OpenSource source : sources) {
      for (ResourceSpec resource : source.resources()) {
        if (error.isEmpty()) {
          error = attempt(resource, source);
        } else {
          reports.add(ResourceReport.notRun(resource.name()));
        }
      }
    }
    if (error.isEmpty()) {
      error = publish();
    }
    RunReport report =
        new RunReport(
            runId,
            pipeline.name(),
            options.profile(),
            options.trigger(),
            status(error),
            startedAt,
            clock.instant(),
            reports,
            finished,
            discarded,
            warnings,
            error);
    keep(report);
    return report;
  }

  /** Runs one resource; its failure, if it has one, is reported. */
  private Optional<FirnException> attempt(ResourceSpec resource, OpenSource source) {
    Optional<FirnException> error = Optional.empty();
    try {
      run(resource, source.reader(resource));
    } catch (FirnException e) {
      error = Optional.of(e);
    } catch (UncheckedIOException e) {
      error = Optional.of(Disk.unwritable("A file of the load cannot be written", e));
    }
    error.ifPresent(e -> reports.add(ResourceReport.failed(resource.name(), e)));
    return error;
  }

  private Optional<FirnException> publish() {
    try {
      destination.publish().ifPresent(done -> log.info("{}", done));
      return Optional.empty();
    } catch (FirnException e) {
      return Optional.of(e);
    }
  }

  /** A report that cannot be written does not undo the run that it tells of. */
  private void keep(RunReport report) {
    try {
      ReportFile.write(report, pipeline.folder(), options.redactor());
    } catch (FirnException e) {
      log.warn("{} {}", e.getMessage(), e.hint());
    }
  }

  private String status(Optional<FirnException> error) {
    boolean committed =
        !finished.isEmpty()
            || reports.stream()
                .flatMap(report -> report.tables().stream())
                .anyMatch(table -> table.snapshotId().isPresent());
    return error.isPresent() ? "failed" : committed ? "ok" : "nothing-to-do";
  }

  private void run(ResourceSpec resource, ResourceReader reader) {
    Task task =
        new Task(
            pipeline,
            options.over(resource).at(clock.instant()),
            reader,
            destination,
            new LocalEngine(),
            options.observer());
    OnLocked onLocked = concurrency.onLocked();
    String table = task.table().toString();
    try (RunLock lock = RunLock.take(locks, pipeline.name(), table, onLocked, waiting)) {
      log.debug("Took {}", lock);
      if (concurrency.leased()) {
        runLeased(task);
      } else if (!finishPending(task)) {
        load(task, Optional.empty());
      }
    }
  }

  // Whoever else is at work is not disturbed, not by the packages of earlier runs either.
  private void runLeased(Task task) {
    Tenure.Terms terms =
        new Tenure.Terms(
            destination.metadata(),
            pipeline.name(),
            runId,
            ProjectOwner.of(pipeline.folder().resolve(".firn")),
            concurrency.lease(),
            concurrency.onLocked(),
            waiting,
            clock);
    if (pending(task).isEmpty()) {
      load(task, Tenure.begin(terms, task.table()));
      return;
    }
    Tenure.begin(terms, task.table()).close();
    if (!finishPending(task)) {
      load(task, Tenure.begin(terms, task.table()));
    }
  }

  private void load(Task task, Tenure begun) {
    try (Tenure tenure = begun) {
      load(task, Optional.of(tenure));
    }
  }

  /** Commits or discards the packages of earlier runs; whether one of them was this run's load. */
  private boolean finishPending(Task task) {
    packages.tidy();
    boolean done = false;
    for (Pending pending : pending(task)) {
      boolean same = pending.owner().resource().equals(task.resource().name());
      done |= finish(task, pending) && same;
    }
    return done;
  }

  private List<Pending> pending(Task task) {
    return packages.pending().stream().filter(each -> isOf(task, each.owner())).toList();
  }

  private boolean isOf(Task task, Owner owner) {
    return owner.pipeline().equals(pipeline.name())
        && ResourceSpec.origin(owner.resource()).equals(task.resource().origin())
        && owner.table().equals(task.table().toString());
  }

  private boolean finish(Task task, Pending pending) {
    requireHere(pending);
    if (pending.sealed().isEmpty()) {
      destination.discardUnsealed(pending.folder());
      PackageStore.delete(pending.folder());
      discarded.add(pending.loadId().value());
      warnings.add(
          "Load %s of an earlier run had not been sealed; its files were removed."
              .formatted(pending.loadId()));
      return false;
    }
    LoadPackage load = pending.sealed().get();
    try {
      Instant until = clock.instant().plus(concurrency.lease());
      Optional<Lease> lease = pending.lease().map(each -> each.heldUntil(until));
      CommitResult result = commit(load, lease, pending.folder());
      finished.add(load.loadId().value());
      reports.add(
          ResourceReports.of(load, result, 0, List.of("Finished the load of an earlier run.")));
    } catch (FirnException e) {
      dropIfRefused(load, pending.folder(), e);
      return false;
    }
    boolean backfill = task.resource().incremental().filter(IncrementalSpec::stateless).isPresent();
    boolean stateless = load.after().cursor().isEmpty() && load.after().files().isEmpty();
    return (stateless || backfill) && sameInput(task, pending);
  }

  private void requireHere(Pending pending) {
    String there = pending.owner().destination();
    if (!there.equals(destination.identity())) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Load %s of an earlier run was staged for %s, but the pipeline's destination is %s."
              .formatted(pending.loadId(), there, destination.identity()),
          "Run with that destination once more, or drop the load with: firn packages drop.");
    }
  }

  /** Without a fingerprint, the pending package is simply the load that this run would do. */
  private static boolean sameInput(Task task, Pending pending) {
    String now = fingerprint(task);
    return now.equals(pending.owner().fingerprint());
  }

  private static String fingerprint(Task task) {
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
   * Another run moved the state, or the table changed beyond what the contract allows: the package
   * is dropped, and this run goes on from what is there.
   */
  private void dropIfRefused(LoadPackage load, Path folder, FirnException e) {
    if (!refused(e)) {
      throw e;
    }
    drop(load, folder);
    warnings.add("Load " + load.loadId() + " of an earlier run was dropped: " + e.getMessage());
  }

  private void load(Task task, Optional<Tenure> tenure) {
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
    Extracted extracted = extract(task, tenure, loadId, folder);
    if (extracted.sealed().isEmpty()) {
      quarantines.forgetReplayed(task.resource().name(), table, extracted.before());
      PackageStore.delete(folder);
      reports.add(ResourceReports.nothing(task, extracted));
      return;
    }
    LoadPackage load = extracted.sealed().get();
    try {
      tenure.ifPresent(Tenure::requireHeld);
      CommitResult result = commit(load, tenure.map(Tenure::lease), folder);
      tenure.ifPresent(Tenure::keep);
      quarantines.forgetOld(task, load, clock.instant());
      reports.add(
          ResourceReports.of(load, result, extracted.bytes(), extracted.warnings())
              .withContract(extracted.contract()));
    } catch (FirnException e) {
      if (refused(e)) {
        drop(load, folder);
      } else {
        tenure.ifPresent(Tenure::keep);
      }
      throw e;
    }
  }

  /** Whether committing the same package again could never succeed. */
  private static boolean refused(FirnException e) {
    return REFUSALS.contains(e.code());
  }

  private void drop(LoadPackage load, Path folder) {
    destination.discard(load, folder);
    PackageStore.delete(folder);
    discarded.add(load.loadId().value());
  }

  private Extracted extract(Task task, Optional<Tenure> tenure, LoadId loadId, Path folder) {
    if (tenure.isEmpty()) {
      return extract(task, loadId, folder);
    }
    try (Heartbeat beat = Heartbeat.start(tenure.get()::tick, concurrency.lease())) {
      log.debug("Keeping the lease by {}", beat);
      return extract(task, loadId, folder);
    }
  }

  private Extracted extract(Task task, LoadId loadId, Path folder) {
    boolean complete = false;
    try (BufferAllocator allocator = new RootAllocator()) {
      Extracted extracted =
          new ResourceRun(task, loadId, PlanGuard.of(options.plan(), task))
              .extract(task.table(), folder, packages, allocator);
      complete = true;
      return extracted;
    } finally {
      if (!complete) {
        forget(folder);
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

  private CommitResult commit(LoadPackage load, Optional<Lease> lease, Path folder) {
    LoadObserver observer = options.observer();
    CommitResult result =
        lease.isPresent()
            ? destination.commit(load, lease.get(), folder, observer)
            : destination.commit(load, folder, observer);
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
