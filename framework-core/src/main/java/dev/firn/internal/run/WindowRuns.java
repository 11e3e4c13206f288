package dev.firn.internal.run;

import dev.firn.contract.SchemaContract;
import dev.firn.engine.LocalEngine;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.PipelineRun.Setting;
import dev.firn.internal.run.Task.WindowLoad;
import dev.firn.internal.yaml.RunTemplates;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.source.OpenSource;
import dev.firn.source.PartitionWindow;
import dev.firn.source.ResourceSpec;
import dev.firn.state.LoadedWindows;
import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Loads the windows of one partitioned resource, oldest first, each as a load of its own. */
final class WindowRuns {
  private final Setting setting;
  private final Loads loads;
  private final RunJournal journal;
  private final ResourceSpec resource;
  private final OpenSource source;
  private final Windows windows;
  private final AtomicBoolean failed = new AtomicBoolean();

  WindowRuns(
      Setting setting, Loads loads, RunJournal journal, ResourceSpec resource, OpenSource source) {
    this.setting = setting;
    this.loads = loads;
    this.journal = journal;
    this.resource = resource;
    this.source = source;
    this.windows = new Windows(resource, setting.now());
  }

  /** The windows that the run is about: those that have begun, in the range that was asked for. */
  List<PartitionWindow> asked() {
    return windows.begun(setting.options().windows().range());
  }

  /** The load of one window. */
  Task task(PartitionWindow window) {
    ResourceSpec filled = RunTemplates.fill(resource, window, setting.runId(), setting.now());
    PipelineSpec pipeline = setting.pipeline().sharedBy(setting.options().windows().parallel());
    return new Task(
        pipeline,
        filled,
        source.reader(filled),
        setting.destination(),
        new LocalEngine(),
        setting.options().observer(),
        false,
        Optional.of(new WindowLoad(windows, window)));
  }

  /**
   * Loads what is due; whoever calls holds the lock of the table.
   *
   * @param any a task of one of the windows
   * @throws FirnException the first failure; windows that were under way are finished before
   */
  void run(List<PartitionWindow> asked, Task any) {
    LoadedWindows loaded = loaded(any);
    List<PartitionWindow> due =
        asked.stream()
            .filter(each -> windows.isDue(each, loaded.entry(Windows.span(each)).progress()))
            .toList();
    if (due.isEmpty() && areWhole(any)) {
      journal.report(ResourceReport.nothingToDo(resource.name()));
      return;
    }
    List<PartitionWindow> begun = due.isEmpty() ? asked.subList(0, 1) : due;
    boolean absent = setting.destination().metadata().current(any.table()).isEmpty();
    int alone = absent ? 1 : 0; // the first load decides what the table is
    loads.holding(
        any.table(),
        tenure -> {
          inParallel(begun.subList(0, alone), tenure);
          inParallel(begun.subList(alone, begun.size()), tenure);
        });
  }

  /** Whether no child table waits for its root; else any load, of rows or not, mends that. */
  private boolean areWhole(Task any) {
    return !UnfinishedChildren.areAmong(
        LiveTables.of(setting.destination().metadata(), any.table()), any);
  }

  private LoadedWindows loaded(Task task) {
    return setting
        .destination()
        .metadata()
        .current(task.table())
        .flatMap(table -> table.state(setting.pipeline().name(), resource.name()))
        .map(ResourceState::windows)
        .orElse(LoadedWindows.NONE);
  }

  private void inParallel(List<PartitionWindow> due, Optional<Tenure> tenure) {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce());
    List<Future<Optional<FirnException>>> running = new ArrayList<>();
    try {
      due.forEach(window -> running.add(threads.submit(() -> attempt(window, tenure))));
    } finally {
      end(threads);
    }
    for (Future<Optional<FirnException>> each : running) {
      ended(each)
          .ifPresent(
              error -> {
                throw error;
              });
    }
  }

  /** Loads that are held against the rows of the table come one after the other. */
  private int atOnce() {
    boolean alone = resource.contract().filter(SchemaContract::asksTable).isPresent();
    return alone ? 1 : setting.options().windows().parallel();
  }

  /** Waits for all loads, whatever happens: they hold the table's lock with this thread. */
  private void end(ExecutorService threads) {
    threads.shutdown();
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        done = threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
        failed.set(true); // those under way are finished, no other is begun
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Loads one window, unless one before it has failed. */
  private Optional<FirnException> attempt(PartitionWindow window, Optional<Tenure> tenure) {
    if (failed.get()) {
      return Optional.empty();
    }
    Task task = task(window);
    try {
      journal.report(loads.load(task, tenure, () -> {}).of(window));
      return Optional.empty();
    } catch (FirnException e) {
      failed.set(true);
      journal.report(ResourceReport.failed(resource.name(), e).of(window));
      return Optional.of(e);
    } catch (RuntimeException e) {
      failed.set(true);
      throw e;
    } finally {
      task.close();
    }
  }

  private static Optional<FirnException> ended(Future<Optional<FirnException>> running) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(
          new FirnException(
              ErrorCode.SOURCE_UNAVAILABLE,
              "The run was interrupted.",
              "Run again: partitions that are done stay done.",
              e));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
