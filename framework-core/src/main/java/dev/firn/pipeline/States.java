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
   * Puts the states of a document into the tables, in place of those that are there.
   *
   * @return the new states
   * @throws FirnException {@code INVALID_CONFIG} when the document is none, a newer Firn's or of
   *     another pipeline, or a table is missing: nothing is changed then
   */
  public List<KnownState> importFrom(String document) {
    List<KnownState> wanted = StateFile.read(pipeline.name(), document);
    wanted.forEach(each -> existing(each.table()));
    List<KnownState> done = new ArrayList<>();
    for (KnownState each : wanted) {
      done.add(change(each.resource(), each.table(), state -> each.state()));
    }
    return done;
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
    String name = local(resource);
    List<KnownState> known = all();
    return known.stream()
        .filter(each -> each.resource().equals(name))
        .map(KnownState::table)
        .findFirst()
        .or(() -> specOf(resource).map(spec -> ReplaySource.table(pipeline, spec)))
        .orElseThrow(
            () ->
                new FirnException(
                    ErrorCode.INVALID_CONFIG,
                    "There is no resource '" + resource + "' with a state.",
                    "Resources with a state: "
                        + String.join(", ", known.stream().map(KnownState::resource).toList())
                        + "."));
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

  /** The resource as YAML or code describes it. */
  private Optional<ResourceSpec> specOf(String resource) {
    String name = local(resource);
    for (SourceSpec source : pipeline.sources()) {
      try (OpenSource open = Pipelines.openSource(pipeline, source)) {
        for (ResourceSpec each : open.resources()) {
          if (each.name().equals(name)) {
            return Optional.of(each);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The name within its source. */
  private static String local(String resource) {
    return resource.substring(resource.lastIndexOf('.') + 1);
  }
}
