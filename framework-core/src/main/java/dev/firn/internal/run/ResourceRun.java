package dev.firn.internal.run;

import dev.firn.contract.ContractMode;
import dev.firn.contract.ContractResult;
import dev.firn.contract.SchemaContract;
import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.CursorColumn;
import dev.firn.internal.normalize.CursorMark;
import dev.firn.internal.normalize.CursorPoint;
import dev.firn.internal.normalize.CursorWindow;
import dev.firn.internal.normalize.LoadSummary;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.internal.normalize.TableRows;
import dev.firn.internal.plugin.Providers;
import dev.firn.internal.run.Task.WindowLoad;
import dev.firn.load.LoadCounts;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceSpec;
import dev.firn.state.CursorState;
import dev.firn.state.ResourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/** Extracts one resource into a sealed package: reads, normalises, stages, and sums up. */
final class ResourceRun {
  private final Task task;
  private final PipelineSpec pipeline;
  private final ResourceSpec resource;
  private final Destination destination;
  private final LoadObserver observer;
  private final LoadId loadId;
  private final PlanGuard guard;
  private final List<String> warnings = new ArrayList<>();

  ResourceRun(Task task, LoadId loadId, PlanGuard guard) {
    this.task = task;
    this.pipeline = task.pipeline();
    this.resource = task.resource();
    this.destination = task.destination();
    this.observer = task.observer();
    this.loadId = loadId;
    this.guard = guard;
  }

  /**
   * What was extracted.
   *
   * @param sealed the package to commit; empty when there is nothing to do
   */
  record Extracted(
      Optional<LoadPackage> sealed,
      LoadSummary summary,
      Optional<ContractResult> contract,
      long bytes,
      ResourceState.Slice before,
      List<String> warnings) {}

  /** Reads the resource; the package's folder exists already. */
  Extracted extract(Place place, BufferAllocator allocator) {
    List<LiveTable> live = LiveTables.of(destination.metadata(), place.table());
    ResourceState.Slice before = LiveTables.state(live, task);
    // another run may have loaded the window since this one looked which are due
    boolean loaded = task.window().filter(load -> !load.isDue(before)).isPresent();
    if (loaded) {
      return new Extracted(
          undoing(live, before, LoadSummary.NONE, place),
          LoadSummary.NONE,
          Optional.empty(),
          0,
          before,
          List.of());
    } else if (leftAlone(resource, live)) {
      return untouched(before);
    }
    refuseFrozen(place.table(), live.isEmpty());
    List<LiveTable> tables = kept(resource, live);
    try (Normalizer normalizer = new Normalizer(request(task, loadId, tables, before), allocator)) {
      return extract(normalizer, live, before, place);
    }
  }

  /**
   * Where a load goes, and where its package lies.
   *
   * @param staged is done when all is read and staged, before the package is sealed
   */
  record Place(TableName table, Path folder, PackageStore store, Runnable staged) {}

  private Extracted extract(
      Normalizer normalizer, List<LiveTable> live, ResourceState.Slice before, Place place) {
    TableName table = place.table();
    Path folder = place.folder();
    List<LiveTable> tables = kept(resource, live);
    guard.requireAsPlanned(tables, normalizer.key(), normalizer.rules());
    StagingPlan plan =
        new StagingPlan(
            loadId,
            table,
            resource.disposition(),
            normalizer.loadRules(),
            normalizer.key(),
            normalizer.partitionBy(),
            task.window().map(load -> Windows.span(load.window())),
            normalizer.tableSettings(),
            folder);
    try (Staging staging = destination.stage(plan)) {
      Reading reading =
          new Reading(
              task, loadId, normalizer, staging, readRequest(task, before, normalizer.window()));
      reading.run(tables.isEmpty());
      warnings.addAll(reading.warnings());
      LoadVerdict verdict = new LoadVerdict(resource, reading, normalizer, warnings::add);
      verdict.refuseLossy();
      Optional<ContractResult> contract = verdict.ofContract(table, liveRows(), loadId.time());
      verdict.tellOfDiscarded();
      TargetSchemas schemas = new TargetSchemas(task, normalizer, tables);
      ResourceState.Slice after = after(before, reading, normalizer);
      if (nothingToDo(reading, schemas, !live.isEmpty(), before, after)) {
        place.staged().run();
        return new Extracted(
            undoing(live, before, reading.summary(), place),
            reading.summary(),
            contract,
            reading.bytes(),
            before,
            List.copyOf(warnings));
      }
      Set<Long> kept = reading.kept();
      List<TableSchema> targets = schemas.of(reading.summary());
      guard.requireShown(targets, tables);
      Optional<TableSchema> aside = aside(table, reading.summary().counts().quarantined());
      List<TableSchema> all = new ArrayList<>(targets);
      aside.ifPresent(all::add);
      List<StagedTable> staged = sealed(() -> staging.seal(all, kept::contains), live);
      warnings.addAll(schemas.warnings());
      LoadPackage load =
          new LoadPackage(
              loadId,
              pipeline.name(),
              resource.name(),
              destination.identity(),
              resource.disposition(),
              normalizer.loadRules(),
              normalizer.key(),
              staged.subList(0, targets.size()),
              aside.map(schema -> staged.get(targets.size())),
              before,
              after,
              reading.summary().counts(),
              judgedBy(tables));
      place.staged().run();
      place.store().seal(folder, load, contract);
      observer.sealed(loadId);
      return new Extracted(
          Optional.of(load),
          reading.summary(),
          contract,
          reading.bytes(),
          before,
          List.copyOf(warnings));
    }
  }

  private Optional<LoadPackage> undoing(
      List<LiveTable> live, ResourceState.Slice before, LoadSummary read, Place place) {
    Optional<LoadPackage> load =
        UnfinishedChildren.undoing(live, task, loadId, before, read.counts());
    load.ifPresent(each -> place.store().seal(place.folder(), each, Optional.empty()));
    return load;
  }

  private List<StagedTable> sealed(Supplier<List<StagedTable>> staging, List<LiveTable> seen) {
    try {
      return staging.get();
    } catch (FirnException e) {
      RuntimeException other = TablesMoved.orOther(e, task.reader());
      throw other instanceof TablesMoved && isAs(seen) ? e : other;
    }
  }

  private boolean isAs(List<LiveTable> seen) {
    List<LiveTable> now = LiveTables.of(destination.metadata(), task.table());
    return now.stream()
        .map(LiveTable::schema)
        .toList()
        .equals(seen.stream().map(LiveTable::schema).toList());
  }

  /**
   * The quarantine, when there is one to add to or to hold against its root.
   *
   * @throws FirnException {@code NAME_COLLISION} when another table has its name
   */
  private Optional<TableSchema> aside(TableName table, long records) {
    TableName name = QuarantineTable.of(table);
    Optional<LiveTable> there =
        resource.quarantines() ? destination.metadata().current(name) : Optional.empty();
    if (there.isPresent() && !QuarantineTable.is(there.get().schema())) {
      throw new FirnException(
          ErrorCode.NAME_COLLISION,
          "Table %s is not the quarantine of %s, but has its name.".formatted(name, table),
          "Rename that table, or let nothing of resource %s go into quarantine."
              .formatted(resource.name()));
    }
    if (records > 0) {
      warnings.add("%s kept in %s.".formatted(Amount.of(records, "record"), name));
    }
    return records > 0 || there.isPresent()
        ? Optional.of(QuarantineTable.schema(table))
        : Optional.empty();
  }

  /** Whether a resource is not read at all. */
  static boolean leftAlone(ResourceSpec resource, List<LiveTable> live) {
    return switch (resource.disposition()) {
      case SKIP -> true;
      case CREATE_IF_MISSING -> !live.isEmpty();
      case APPEND, REPLACE, MERGE -> false;
    };
  }

  /** The tables that a load goes on from: none, where it makes them anew. */
  static List<LiveTable> kept(ResourceSpec resource, List<LiveTable> live) {
    boolean anew =
        resource.disposition() == WriteDisposition.REPLACE
            && resource.rules().replacing().dropsTables();
    return anew ? List.of() : live;
  }

  /** What new rows are held against; not what they come in place of. */
  private TableRows liveRows() {
    return task.fresh() ? (table, columns, sink) -> {} : new LiveRows(destination.metadata());
  }

  /** The snapshot that {@link #liveRows} were of, or an older one. */
  private OptionalLong judgedBy(List<LiveTable> tables) {
    boolean asked = resource.contract().filter(SchemaContract::asksTable).isPresent();
    if (!asked || task.fresh() || resource.wantsAll()) {
      return OptionalLong.empty();
    }
    OptionalLong snapshot = tables.isEmpty() ? OptionalLong.empty() : tables.get(0).snapshotId();
    return OptionalLong.of(snapshot.orElse(LoadPackage.NO_SNAPSHOT));
  }

  private static Extracted untouched(ResourceState.Slice before) {
    return new Extracted(
        Optional.empty(), LoadSummary.NONE, Optional.empty(), 0, before, List.of());
  }

  private void refuseFrozen(TableName table, boolean absent) {
    if (absent && task.evolution().tables() == ContractMode.FREEZE) {
      throw new FirnException(
          ErrorCode.CONTRACT_FROZEN,
          "Table %s does not exist and tables are frozen.".formatted(table),
          "Create the table, or set evolution.tables to evolve.");
    }
  }

  /** What the normalizer needs to know about a load. */
  static Normalizer.Request request(
      Task task, LoadId loadId, List<LiveTable> live, ResourceState.Slice before) {
    ResourceSpec resource = task.resource();
    Optional<CursorState> start = startOf(resource, before);
    return new Normalizer.Request(
        loadId,
        resource,
        task.table(),
        task.evolution(),
        live,
        resource
            .incremental()
            .map(spec -> CursorColumn.window(resource, spec, live.stream().findFirst(), start)),
        resource.disposition() == WriteDisposition.MERGE,
        task.pipeline().limits(),
        task.reader().fileColumns(),
        spec -> Providers.in(task.pipeline().folder()).validator(spec));
  }

  /** What the source needs to know about a reading. */
  static ReadRequest readRequest(
      Task task, ResourceState.Slice before, Optional<CursorWindow> window) {
    boolean backfill = task.resource().incremental().filter(IncrementalSpec::stateless).isPresent();
    return new ReadRequest(
        reading(task.resource()),
        window.map(CursorWindow::range),
        task.window().map(WindowLoad::window),
        backfill ? Optional.empty() : before.files(),
        ordinal -> true);
  }

  /** To a source, a load that wants all records is a replacing one, others are not. */
  private static WriteDisposition reading(ResourceSpec resource) {
    if (resource.wantsAll()) {
      return WriteDisposition.REPLACE;
    }
    return resource.disposition() == WriteDisposition.REPLACE
        ? WriteDisposition.MERGE
        : resource.disposition();
  }

  /** A load that wants all records forgets where the last one ended. */
  private static Optional<CursorState> startOf(ResourceSpec resource, ResourceState.Slice before) {
    return resource.wantsAll() ? Optional.empty() : before.cursor();
  }

  private ResourceState.Slice after(
      ResourceState.Slice before, Reading reading, Normalizer normalizer) {
    if (task.window().isPresent()) {
      return task.window().get().after();
    }
    CursorWindow window = normalizer.window().orElse(null);
    if (window == null) {
      return new ResourceState.Slice(before.cursor(), reading.tracking().or(before::files));
    } else if (window.spec().stateless()) {
      return before;
    }
    window.held().ifPresent(value -> tellOfHeld(window.spec(), value));
    // files with records that are left for later must be read again
    Optional<String> files =
        normalizer.leftForLater() ? before.files() : reading.tracking().or(before::files);
    return new ResourceState.Slice(window.stateAfter(reading.summary().cursor()), files);
  }

  private void tellOfHeld(IncrementalSpec spec, CursorPoint value) {
    warnings.add(
        ("More than %d records have the last value of '%s', %s: they are loaded once a later value"
                + " shows up. To load them now, merge by a primary-key, or set"
                + " incremental.range-start: open if no record of a value comes after the first.")
            .formatted(CursorMark.MOST, spec.cursor(), value.spelling()));
  }

  /** Whether a load without rows takes rows away. */
  private boolean emptyMatters() {
    boolean known =
        task.window().isPresent() || !resource.rules().replacing().partition().isEmpty();
    return resource.wantsAll() || (resource.disposition() == WriteDisposition.REPLACE && known);
  }

  private boolean nothingToDo(
      Reading reading,
      TargetSchemas schemas,
      boolean exists,
      ResourceState.Slice before,
      ResourceState.Slice after) {
    LoadCounts counts = reading.summary().counts();
    if (resource.isReplay() && counts.staged() + counts.discarded() == 0) {
      return true; // all of it stays where it is
    } else if (counts.staged() + counts.quarantined() > 0) {
      return false;
    } else if (emptyMatters() && !reading.unchanged() && exists) {
      if (!resource.allowEmpty()) {
        throw new FirnException(
            ErrorCode.SOURCE_UNAVAILABLE,
            "Resource %s brought no rows, and an empty load may not replace the table."
                .formatted(resource.name()),
            "Look at the source, or set allow-empty: true.");
      }
      if (!schemas.rootExists() && !schemas.declared()) {
        throw new FirnException(
            ErrorCode.SOURCE_UNAVAILABLE,
            "Resource %s brought no rows, and the table that is made anew would have no columns."
                .formatted(resource.name()),
            "Declare its columns, or use strategy: truncate-insert.");
      }
      return false; // whether there is a row to replace, the commit finds out
    }
    boolean anew = exists && !schemas.rootExists();
    boolean welcome = !anew && task.evolution().tables() == ContractMode.EVOLVE;
    boolean declaredNew = !schemas.rootExists() && welcome && schemas.declared();
    boolean moved = schemas.rootExists() && !after.equals(before);
    return !declaredNew && !moved;
  }
}
