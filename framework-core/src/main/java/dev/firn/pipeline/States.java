package dev.firn.pipeline;

import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.destination.Upkeep.StateChange;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.ReplaySource;
import dev.firn.internal.run.RunLock;
import dev.firn.internal.run.StateCursor;
import dev.firn.internal.run.StateFile;
import dev.firn.internal.run.Windows;
import dev.firn.load.LoadId;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.source.OpenSource;
import dev.firn.source.PartitionWindow;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceSpec;
import dev.firn.state.CursorState;
import dev.firn.state.LoadedWindows;
import dev.firn.state.LoadedWindows.Progress;
import dev.firn.state.ResourceState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the resources of a pipeline remember, as it stands in their tables. */
public final class States {
  private final PipelineSpec pipeline;
  private final Destination destination;
  private final Path locks;

  private States(PipelineSpec pipeline, Destination destination) {
    this.pipeline = pipeline;
    this.destination = destination;
    this.locks = pipeline.folder().resolve(".firn").resolve("locks");
  }

  /** Those of a pipeline in an open destination, which stays the caller's. */
  public static States of(PipelineSpec pipeline, Destination destination) {
    return new States(pipeline, destination);
  }

  /** What one resource remembers. */
  public record KnownState(String resource, TableName table, ResourceState state) {}

  /** All of them, by table and resource. */
  public List<KnownState> all() {
    List<KnownState> known = new ArrayList<>();
    for (TableName name : destination.metadata().tables()) {
      destination
          .metadata()
          .current(name)
          .filter(States::isRoot)
          .ifPresent(table -> collect(table, known));
    }
    return known;
  }

  /** Child tables carry the state of their last commit, which is no state to go by. */
  private static boolean isRoot(LiveTable table) {
    return table.schema().column(SystemColumns.PARENT_ID).isEmpty();
  }

  private void collect(LiveTable table, List<KnownState> known) {
    String prefix = ResourceState.key(pipeline.name(), "");
    new TreeMap<>(table.properties())
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                String resource = key.substring(prefix.length());
                known.add(
                    new KnownState(resource, table.schema().name(), ResourceState.parse(value)));
              }
            });
  }

  /**
   * Says where the cursor of a resource is. The records of exactly that value are loaded again, and
   * files that were read are read once more for what lies after it.
   *
   * @param value as {@code incremental.initial} would be written
   * @param column the cursor, where it is not the one of the state or of the pipeline
   * @throws FirnException {@code INVALID_CONFIG} when the value is none of the column's type
   */
  public KnownState setCursor(String resource, String value, Optional<String> column) {
    TableName table = tableOf(resource);
    LiveTable live = existing(table);
    Optional<ResourceSpec> spec = specOf(resource);
    CursorState cursor =
        StateCursor.at(live, live.state(pipeline.name(), local(resource)), spec, column, value);
    return change(
        resource,
        table,
        state ->
            new ResourceState(
                state.version(), Optional.of(cursor), Optional.empty(), state.windows(), ""));
  }

  /** Forgets what a resource remembers: its next load begins at the beginning. */
  public KnownState reset(String resource) {
    return change(resource, tableOf(resource), state -> ResourceState.NONE);
  }

  /** Forgets what all resources remember. */
  public List<KnownState> resetAll() {
    return all().stream()
        .map(each -> change(each.resource(), each.table(), state -> ResourceState.NONE))
        .toList();
  }

  /**
   * One window of a partitioned resource.
   *
   * @param progress how far it is loaded
   */
  public record KnownWindow(PartitionWindow window, Progress progress) {
    /** As users see it: {@code done}, {@code open} or {@code missing}. */
    public String word() {
      return switch (progress) {
        case NONE -> "missing";
        case OPEN -> "open";
        case DONE -> "done";
      };
    }
  }

  /**
   * The windows of a partitioned resource that have begun, in the order of time.
   *
   * @param range as after {@code --partition}; empty: all of them
   * @throws FirnException {@code INVALID_CONFIG} when the resource has no partitions
   */
  public List<KnownWindow> windows(String resource, Optional<String> range) {
    ResourceSpec spec = partitioned(resource);
    LoadedWindows loaded = loaded(spec);
    return new Windows(spec, Instant.now())
        .begun(range).stream()
            .map(each -> new KnownWindow(each, loaded.entry(Windows.span(each)).progress()))
            .toList();
  }

  /**
   * Forgets that windows were loaded: the next run loads them again.
   *
   * @return the windows as they are now
   */
  public List<KnownWindow> resetWindows(String resource, String range) {
    ResourceSpec spec = partitioned(resource);
    List<PartitionWindow> gone = new Windows(spec, Instant.now()).begun(Optional.of(range));
    change(resource, ReplaySource.table(pipeline, spec), state -> without(state, gone));
    return windows(resource, Optional.of(range));
  }

  private static ResourceState without(ResourceState state, List<PartitionWindow> gone) {
    LoadedWindows rest = state.windows();
    for (PartitionWindow each : gone) {
      rest = rest.without(Windows.span(each));
    }
    return new ResourceState(state.version(), state.cursor(), state.files(), rest, "");
  }

  private LoadedWindows loaded(ResourceSpec spec) {
    return destination
        .metadata()
        .current(ReplaySource.table(pipeline, spec))
        .flatMap(table -> table.state(pipeline.name(), spec.name()))
        .map(ResourceState::windows)
        .orElse(LoadedWindows.NONE);
  }

  private ResourceSpec partitioned(String resource) {
    return specOf(resource)
        .filter(spec -> spec.partitions().isPresent())
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "There is no resource '" + resource + "' with partitions.",
                    "Name one that has partitions: {every: day, start: 2024-01-31}."));
  }

  /** All states as a JSON document that {@link #importFrom} reads. */
  public String export() {
    return StateFile.write(pipeline.name(), all());
  }

  /**
   * Puts the states of a document into the tables, in place of those that are there, table by
   * table. Repeating it changes only what is not as the document says: an import that failed on its
   * way is completed so.
   *
   * @return the states as they are now
   * @throws FirnException {@code INVALID_CONFIG} when the document is none, a newer Firn's or of
   *     another pipeline, or a table is missing: nothing is changed then; what a commit throws,
   *     naming the states that are in place
   */
  public List<KnownState> importFrom(String document) {
    List<KnownState> wanted = StateFile.read(pipeline.name(), document);
    List<LiveTable> live = wanted.stream().map(each -> existing(each.table())).toList();
    List<KnownState> done = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      try {
        done.add(imported(wanted.get(i), live.get(i)));
      } catch (FirnException e) {
        throw done.isEmpty() ? e : stopped(done, wanted.size(), e);
      }
    }
    return done;
  }

  private KnownState imported(KnownState wanted, LiveTable live) {
    return live.state(pipeline.name(), wanted.resource())
        .filter(now -> now.remembers(wanted.state()))
        .map(now -> new KnownState(wanted.resource(), wanted.table(), now))
        .orElseGet(() -> change(wanted.resource(), wanted.table(), state -> wanted.state()));
  }

  private static FirnException stopped(List<KnownState> done, int all, FirnException cause) {
    String names = String.join(", ", done.stream().map(KnownState::resource).toList());
    return new FirnException(
        cause.code(),
        "%d of %d states were imported (%s), then: %s"
            .formatted(done.size(), all, names, cause.getMessage()),
        "Import the same file again, which leaves alone what is in place. " + cause.hint(),
        cause);
  }

  /** Changes what is remembered; the version goes on whatever the change says. */
  @SuppressWarnings("try") // the lock is only held
  KnownState change(String resource, TableName table, UnaryOperator<ResourceState> change) {
    String name = local(resource);
    LoadId mark = LoadId.next(Clock.systemUTC());
    StateChange marked =
        new StateChange(
            ResourceState.key(pipeline.name(), name),
            mark,
            state -> state.replacedBy(change.apply(state), mark.value()));
    try (RunLock lock = RunLock.take(locks, pipeline.name(), table.toString())) {
      ResourceState state = destination.upkeep().changeState(table, marked);
      return new KnownState(name, table, state);
    }
  }

  /** The table that a resource fills: where its state is, or where the pipeline says. */
  TableName tableOf(String resource) {
    List<KnownState> known = all();
    List<TableName> filled =
        known.stream()
            .filter(each -> each.resource().equals(local(resource)))
            .map(KnownState::table)
            .toList();
    if (filled.size() == 1 && resource.equals(local(resource))) {
      return filled.get(0);
    }
    return specOf(resource)
        .map(spec -> ReplaySource.table(pipeline, spec))
        .orElseThrow(() -> filled.size() > 1 ? among(resource, filled) : unknown(resource, known));
  }

  private static FirnException unknown(String resource, List<KnownState> known) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "There is no resource '" + resource + "' with a state.",
        "Resources with a state: "
            + String.join(", ", known.stream().map(KnownState::resource).toList())
            + ".");
  }

  private static FirnException among(String resource, List<TableName> filled) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Several resources are named '%s': they fill %s.".formatted(resource, filled),
        "Name its source too: source.%s.".formatted(local(resource)));
  }

  private LiveTable existing(TableName table) {
    return destination
        .metadata()
        .current(table)
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "There is no table " + table + ", so there is no state to change.",
                    "Run the pipeline first; where its first run starts, 'initial' says."));
  }

  /** The resource as YAML or code describes it; nothing where several have the name. */
  private Optional<ResourceSpec> specOf(String resource) {
    String name = local(resource);
    List<ResourceSpec> found = new ArrayList<>();
    for (SourceSpec source : pipeline.sources()) {
      if (!name.equals(resource) && !resource.equals(source.name() + "." + name)) {
        continue;
      }
      try (OpenSource open = Pipelines.openSource(pipeline, source)) {
        open.resources().stream().filter(each -> each.name().equals(name)).forEach(found::add);
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** The name within its source. */
  private static String local(String resource) {
    return resource.substring(resource.lastIndexOf('.') + 1);
  }
}
