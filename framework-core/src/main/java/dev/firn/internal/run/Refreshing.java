package dev.firn.internal.run;

import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.destination.Upkeep.StateChange;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Refresh;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceSpec;
import dev.firn.state.ResourceState;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that begins by forgetting what earlier ones loaded, of each table once. */
final class Refreshing {
  private static final Logger log = LoggerFactory.getLogger(Refreshing.class);

  private final Refresh mode;
  private final PipelineSpec pipeline;
  private final Destination destination;
  private final Loads loads;
  private final RunJournal journal;
  private final Clock clock;
  private final List<ResourceSpec> resources;
  private final Set<TableName> done = new HashSet<>();

  /**
   * @param sources those of the run, offering the selected resources
   */
  Refreshing(
      Refresh mode,
      PipelineRun.Setting setting,
      Loads loads,
      RunJournal journal,
      Clock clock,
      List<OpenSource> sources) {
    this.mode = mode;
    this.pipeline = setting.pipeline();
    this.destination = setting.destination();
    this.loads = loads;
    this.journal = journal;
    this.clock = clock;
    this.resources = sources.stream().flatMap(this::refreshed).filter(this::isRead).toList();
  }

  private Stream<ResourceSpec> refreshed(OpenSource source) {
    boolean whole = mode == Refresh.DROP_SOURCES && !source.resources().isEmpty();
    return (whole ? Selection.whole(source) : source).resources().stream();
  }

  /** Whether a resource is loaded anew; one that is skipped stays as it is. */
  boolean isRead(ResourceSpec resource) {
    return resource.disposition() != WriteDisposition.SKIP;
  }

  /** Drops what whole sources have loaded, also by resources that are not selected. */
  @SuppressWarnings("try") // the lock is only held
  void dropSources() {
    if (mode != Refresh.DROP_SOURCES) {
      return;
    }
    for (ResourceSpec each : resources) {
      TableName table = Task.table(pipeline, each);
      try (RunLock lock = loads.lock(table)) {
        discard(each, table);
        drop(table);
      }
    }
  }

  /**
   * Loads as if nothing had been loaded. Rows and state go when all is extracted: a source that
   * fails leaves them as they are.
   */
  void load(Task task) {
    refuseOnce(task.resource());
    discard(task.resource(), task.table());
    if (mode == Refresh.DROP_DATA) {
      loads.holding(
          task.table(),
          tenure ->
              journal.report(loads.load(task.afresh(), tenure, emptying(task.table(), tenure))));
    } else {
      drop(task.table());
      loads.load(task);
    }
  }

  /** Drops or empties what is there, before the windows of a resource are loaded one by one. */
  void clear(Task any) {
    discard(any.resource(), any.table());
    if (mode == Refresh.DROP_DATA) {
      loads.holding(any.table(), tenure -> emptying(any.table(), tenure).run());
    } else {
      drop(any.table());
    }
  }

  private void discard(ResourceSpec resource, TableName table) {
    requireOurs(table); // else nothing is refreshed, and an earlier load is still wanted
    loads.earlier().discard(resource, table);
  }

  private void refuseOnce(ResourceSpec resource) {
    boolean once = resource.disposition() == WriteDisposition.CREATE_IF_MISSING;
    if (once && mode == Refresh.DROP_DATA) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Resource %s is loaded once, where there is no table: emptied, it would stay empty."
              .formatted(resource.name()),
          "Drop the table: --refresh drop-resources.");
    }
  }

  private void drop(TableName table) {
    if (done.contains(table)) {
      return; // another resource has filled it since
    }
    loads.holding(
        table,
        tenure -> {
          Runnable emptying = emptying(table, tenure);
          if (hasTablesBeside(table)) {
            emptying.run(); // a root that outlives its child tables would pass for a loaded one
          }
          destination.upkeep().drop(table);
        });
    done.add(table);
    log.info("Dropped {}, as --refresh asks", table);
  }

  private boolean hasTablesBeside(TableName table) {
    return LiveTables.of(destination.metadata(), table).size() > 1
        || destination.metadata().current(QuarantineTable.of(table)).isPresent();
  }

  /** Looks at a table now, to empty it later if nobody has loaded it meanwhile. */
  private Runnable emptying(TableName table, Optional<Tenure> tenure) {
    requireOurs(table);
    Map<String, ResourceState> seen = states(table);
    return () -> {
      tenure.ifPresent(Tenure::requireHeld);
      if (!seen.isEmpty() && done.add(table)) {
        requireOurs(table);
        LoadId mark = LoadId.next(clock);
        destination.upkeep().empty(table, changes(seen, mark));
        log.info("Emptied {}, as --refresh asks", table);
      }
    };
  }

  private static List<StateChange> changes(Map<String, ResourceState> seen, LoadId mark) {
    return seen.entrySet().stream()
        .map(each -> new StateChange(each.getKey(), mark, now -> forgotten(each, now, mark)))
        .toList();
  }

  private static ResourceState forgotten(
      Map.Entry<String, ResourceState> seen, ResourceState now, LoadId mark) {
    if (now.version() != seen.getValue().version()) {
      throw new FirnException(
          ErrorCode.STATE_MOVED,
          "Another run moved %s (load %s) since this one began."
              .formatted(seen.getKey(), now.loadId()),
          "Run again: nothing was emptied.");
    }
    return now.forgotten(mark.value());
  }

  private Map<String, ResourceState> states(TableName table) {
    Map<String, ResourceState> states = new TreeMap<>();
    destination
        .metadata()
        .current(table)
        .map(LiveTable::properties)
        .orElse(Map.of())
        .entrySet()
        .stream()
        .filter(each -> each.getKey().startsWith(ResourceState.PREFIX))
        .forEach(each -> states.put(each.getKey(), ResourceState.parse(each.getValue())));
    return states;
  }

  /** Refuses a table whose rows are not these resources' alone. */
  private void requireOurs(TableName table) {
    Optional<LiveTable> live = destination.metadata().current(table);
    Set<String> owners = owners(live);
    Set<String> ours = new HashSet<>();
    resources.forEach(each -> ours.add(pipeline.name() + "." + each.origin()));
    List<String> others = owners.stream().filter(owner -> !ours.contains(owner)).sorted().toList();
    boolean foreign =
        owners.isEmpty() && live.filter(each -> each.snapshotId().isPresent()).isPresent();
    if (foreign || !others.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s cannot be refreshed: %s filled it%s."
              .formatted(
                  table,
                  foreign ? "no pipeline" : String.join(", ", others),
                  foreign ? "" : " too"),
          "Select all resources of one pipeline that fill it, or drop the table by hand.");
    }
  }

  private static Set<String> owners(Optional<LiveTable> table) {
    Set<String> owners = new HashSet<>();
    for (String key : table.map(LiveTable::properties).orElse(Map.of()).keySet()) {
      if (key.startsWith(ResourceState.PREFIX)) {
        owners.add(ResourceSpec.origin(key.substring(ResourceState.PREFIX.length())));
      }
    }
    return owners;
  }
}
