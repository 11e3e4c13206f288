package dev.firn.internal.run;

import dev.firn.contract.Evolution;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.engine.LocalEngine;
import dev.firn.internal.normalize.LoadSummary;
import dev.firn.internal.normalize.NormalizeWorker;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.internal.run.PipelineRun.Setting;
import dev.firn.load.LoadId;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.PipelinePlan.Action;
import dev.firn.pipeline.PipelinePlan.Before;
import dev.firn.pipeline.PipelinePlan.ResourcePlan;
import dev.firn.pipeline.PipelinePlan.TablePlan;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.RunOptions;
import dev.firn.schema.SchemaDiff;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.source.OpenSource;
import dev.firn.source.PartitionWindow;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import dev.firn.state.ResourceState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Looks at a sample of a resource's input and tells what a run would do to its tables. */
public final class Planner {
  private final Task task;
  private final PackageStore packages;
  private final Clock clock;

  private Planner(Task task, PackageStore packages, Clock clock) {
    this.task = task;
    this.packages = packages;
    this.clock = clock;
  }

  /** The plans of a source's resources. */
  public static List<ResourcePlan> plan(
      PipelineSpec spec, OpenSource source, Destination destination, RunOptions options) {
    PackageStore packages = new PackageStore(spec.folder().resolve(".firn/packages"));
    Clock clock = Clock.systemUTC();
    List<ResourcePlan> plans = new ArrayList<>();
    for (ResourceSpec resource : source.resources()) {
      Setting setting =
          new Setting(spec, options, destination, LoadId.next(clock).value(), clock.instant());
      plans.add(new Planner(task(setting, resource, source), packages, clock).plan());
    }
    return plans;
  }

  /** What a run would do first: of a partitioned resource, its first window. */
  private static Task task(Setting setting, ResourceSpec written, OpenSource source) {
    ResourceSpec resource = setting.options().over(written).at(setting.now());
    if (resource.partitions().isPresent()) {
      WindowRuns runs =
          new WindowRuns(
              setting,
              new Loads(
                  setting.pipeline(),
                  setting.options(),
                  setting.destination(),
                  Clock.systemUTC(),
                  setting.runId(),
                  new RunJournal()),
              new RunJournal(),
              resource,
              source);
      List<PartitionWindow> windows = runs.asked();
      if (!windows.isEmpty()) {
        return runs.task(windows.get(0));
      }
    }
    return new Task(
        setting.pipeline(),
        resource,
        source.reader(written),
        setting.destination(),
        new LocalEngine(),
        setting.options().observer(),
        setting.options().refresh().isPresent(),
        Optional.empty());
  }

  private ResourcePlan plan() {
    TableName table = task.table();
    List<LiveTable> live = LiveTables.of(task.destination().metadata(), table);
    ResourceState.Slice before = LiveTables.state(live, task);
    if (ResourceRun.leftAlone(task.resource(), live)) {
      return untouched();
    }
    live = ResourceRun.kept(task.resource(), live);
    Sampled sampled = sample(task, live, before);
    Map<TableName, LiveTable> known = LiveTables.byName(live);
    for (TableSchema target : sampled.targets()) {
      task.destination().check(target, known.containsKey(target.name()));
    }
    List<TablePlan> tables = tables(sampled.targets(), known);
    if (DroppedInput.possible(task.evolution())) {
      Task evolving = task.with(task.resource().withEvolution(Evolution.DEFAULT));
      List<TableSchema> wanted = sample(evolving, live, before).targets();
      tables = new DroppedInput(task.evolution(), known).addTo(tables, wanted);
    }
    return new ResourcePlan(
        task.resource().name(),
        task.resource().disposition(),
        sampled.rules(),
        sampled.key(),
        sampled.records(),
        tables,
        pendingLoads());
  }

  /** Of a resource that is not read. */
  private ResourcePlan untouched() {
    ResourceSpec resource = task.resource();
    return new ResourcePlan(
        resource.name(),
        resource.disposition(),
        resource.rules(),
        resource.key(),
        0,
        List.of(),
        pendingLoads());
  }

  /** What a sample asks for. */
  private record Sampled(
      WriteRules rules, List<String> key, long records, List<TableSchema> targets) {}

  private Sampled sample(Task task, List<LiveTable> live, ResourceState.Slice before) {
    try (BufferAllocator allocator = new RootAllocator();
        Normalizer normalizer =
            new Normalizer(
                ResourceRun.request(task, LoadId.next(clock), live, before), allocator)) {
      LoadSummary summary =
          read(normalizer, ResourceRun.readRequest(task, before, normalizer.window()));
      TargetSchemas schemas = new TargetSchemas(task, normalizer, live);
      List<TableSchema> targets = summary.tables().isEmpty() ? List.of() : schemas.of(summary);
      return new Sampled(normalizer.rules(), normalizer.key(), summary.counts().read(), targets);
    }
  }

  private LoadSummary read(Normalizer normalizer, ReadRequest request) {
    ResourceReader reader = task.reader();
    try (NormalizeWorker worker = normalizer.worker(set -> {})) {
      List<Split> samples = reader.samples(request);
      if (samples.isEmpty()) {
        try (SplitStream stream = reader.open(request)) {
          stream.next().ifPresent(worker::load);
        }
      }
      samples.forEach(worker::load);
      worker.flush();
      return normalizer.sum(worker.staged());
    }
  }

  private static List<TablePlan> tables(List<TableSchema> targets, Map<TableName, LiveTable> live) {
    List<TablePlan> plans = new ArrayList<>();
    for (TableSchema target : targets) {
      LiveTable known = live.get(target.name());
      if (known == null) {
        plans.add(
            new TablePlan(
                target.name(), Action.CREATE, Optional.empty(), target, List.of(), List.of()));
      } else {
        SchemaDiff diff = SchemaDiff.between(known.schema(), target);
        Action action = diff.isEmpty() ? Action.KEEP : Action.MODIFY;
        plans.add(
            new TablePlan(
                target.name(),
                action,
                Optional.of(Before.of(known)),
                diff.applyTo(known.schema()).withEdits(target.edits()),
                diff.changes(),
                List.of()));
      }
    }
    return plans;
  }

  private List<String> pendingLoads() {
    return packages.pending().stream()
        .filter(pending -> pending.owner().resource().equals(task.resource().name()))
        .filter(pending -> pending.owner().pipeline().equals(task.pipeline().name()))
        .map(pending -> pending.loadId().value())
        .toList();
  }
}
