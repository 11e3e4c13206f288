package dev.firn.internal.run;

import dev.firn.destination.Destination;
import dev.firn.engine.LocalEngine;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.source.OpenSource;
import dev.firn.source.PartitionWindow;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a pipeline: for each resource, finish what is pending, extract, commit, report. */
public final class PipelineRun {
  private static final Logger log = LoggerFactory.getLogger(PipelineRun.class);

  private final PipelineSpec pipeline;
  private final RunOptions options;
  private final Destination destination;
  private final Clock clock;
  private final String runId;
  private final RunJournal journal = new RunJournal();
  private final Loads loads;
  private Optional<Refreshing> refreshing = Optional.empty();

  /**
   * What all parts of a run share.
   *
   * @param now the run's start
   */
  record Setting(
      PipelineSpec pipeline,
      RunOptions options,
      Destination destination,
      String runId,
      Instant now) {}

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
    this.loads = new Loads(pipeline, options, destination, clock, runId, journal);
  }

  /**
   * Runs all resources in order, then publishes what they loaded; the first failure ends the run
   * and is part of the report.
   */
  public RunReport run(List<OpenSource> sources) {
    Instant startedAt = clock.instant();
    Setting setting = new Setting(pipeline, options, destination, runId, startedAt);
    refreshing =
        options
            .refresh()
            .map(mode -> new Refreshing(mode, setting, loads, journal, clock, sources));
    Optional<FirnException> error = dropSources();
    for (OpenSource source : sources) {
      for (ResourceSpec resource : source.resources()) {
        if (error.isEmpty()) {
          error = attempt(setting, resource, source);
        } else {
          journal.report(ResourceReport.notRun(resource.name()));
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
            journal.reports(),
            journal.finished(),
            journal.discarded(),
            journal.warnings(),
            error);
    keep(report);
    return report;
  }

  private Optional<FirnException> dropSources() {
    try {
      refreshing.ifPresent(Refreshing::dropSources);
      return Optional.empty();
    } catch (FirnException e) {
      return Optional.of(e);
    }
  }

  /** Runs one resource; its failure, if it has one, is reported. */
  private Optional<FirnException> attempt(
      Setting setting, ResourceSpec resource, OpenSource source) {
    Optional<FirnException> error = Optional.empty();
    try {
      if (resource.partitions().isPresent()) {
        runWindows(setting, resource, source);
      } else {
        run(setting, resource, source.reader(resource));
      }
    } catch (FirnException e) {
      error = Optional.of(e);
    } catch (UncheckedIOException e) {
      error = Optional.of(Disk.unwritable("A file of the load cannot be written", e));
    }
    error.filter(e -> !isReported(e)).ifPresent(e -> report(resource, e));
    return error;
  }

  private boolean isReported(FirnException error) {
    return journal.reports().stream()
        .anyMatch(report -> report.error().filter(each -> each == error).isPresent());
  }

  private void report(ResourceSpec resource, FirnException error) {
    journal.report(ResourceReport.failed(resource.name(), error));
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
        !journal.finished().isEmpty()
            || journal.reports().stream()
                .flatMap(report -> report.tables().stream())
                .anyMatch(table -> table.snapshotId().isPresent());
    return error.isPresent() ? "failed" : committed ? "ok" : "nothing-to-do";
  }

  private void run(Setting setting, ResourceSpec resource, ResourceReader reader) {
    refuseRange(setting, resource);
    Task task =
        new Task(
            pipeline,
            options.over(resource).at(setting.now()),
            reader,
            destination,
            new LocalEngine(),
            options.observer(),
            false,
            Optional.empty());
    Optional<Refreshing> anew = refreshing.filter(each -> each.isRead(resource));
    try (RunLock lock = loads.lock(task.table())) {
      log.debug("Took {}", lock);
      if (anew.isPresent()) {
        anew.get().load(task);
      } else if (!loads.earlier().finish(task)) {
        loads.load(task);
      }
    }
  }

  private static void refuseRange(Setting setting, ResourceSpec resource) {
    if (setting.options().windows().range().isPresent()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Resource %s has no partitions to choose from.".formatted(resource.name()),
          "Select resources with 'partitions', or leave out --partition.");
    }
  }

  private void runWindows(Setting setting, ResourceSpec written, OpenSource source) {
    ResourceSpec resource = options.over(written);
    WindowRuns runs = new WindowRuns(setting, loads, journal, resource, source);
    List<PartitionWindow> asked = runs.asked();
    if (asked.isEmpty() || resource.disposition() == WriteDisposition.SKIP) {
      journal.report(ResourceReport.nothingToDo(resource.name()));
      return;
    }
    Task any = runs.task(asked.get(0));
    try (RunLock lock = loads.lock(any.table())) {
      log.debug("Took {}", lock);
      if (refreshing.isPresent()) {
        refreshing.get().clear(any);
      } else {
        loads.earlier().finish(any);
      }
      runs.run(asked, any);
    }
  }
}
