package dev.firn.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.Contract;
import dev.firn.contract.ContractFile;
import dev.firn.contract.Evolution;
import dev.firn.contract.Quarantine;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.discover.BuiltSource;
import dev.firn.internal.discover.BuiltSource.BuiltResource;
import dev.firn.internal.discover.JavaSourceProvider;
import dev.firn.load.DedupSort;
import dev.firn.load.DeleteMode;
import dev.firn.load.MergeStrategy;
import dev.firn.load.Replacing;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableSettings;
import dev.firn.source.Cursor;
import dev.firn.source.CursorRange;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.NamingRules;
import dev.firn.source.OpenSource;
import dev.firn.source.PartitionWindow;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A resource in code: the twin of a method with {@link dev.firn.source.Resource}, whose
 * documentation says what records may be. It never changes: each method gives another one.
 */
public final class Resource {
  private final ResourceSpec spec;
  private final Optional<Class<?>> cursor;
  private final Code code;

  /** Brings the records that a cursor asks for. */
  @FunctionalInterface
  public interface Since<T> {
    /** A sequence of records. */
    Object read(Cursor<T> since) throws Exception;
  }

  /** Brings the records of a window of time. */
  @FunctionalInterface
  public interface InWindow {
    /** A sequence of records. */
    Object read(PartitionWindow window) throws Exception;
  }

  private interface Code {
    Object open(ResourceSpec spec, ReadRequest request) throws Exception;
  }

  private Resource(ResourceSpec spec, Optional<Class<?>> cursor, Code code) {
    this.spec = spec;
    this.cursor = cursor;
    this.code = code;
  }

  /**
   * A resource that appends everything, with every default.
   *
   * @param records gives a stream, iterable, iterator, optional or array; asked once a run
   */
  public static Resource of(String name, Callable<?> records) {
    return new Resource(
        ResourceSpec.named(name), Optional.empty(), (spec, request) -> records.call());
  }

  /**
   * A resource that is read from a cursor on; say which one with {@link #incremental}.
   *
   * @param type class of the cursor's values, as {@link Cursor} lists them
   */
  public static <T> Resource of(String name, Class<T> type, Since<T> records) {
    Code code =
        (spec, request) -> {
          IncrementalSpec incremental = spec.incremental().orElseThrow();
          CursorRange range = request.range().orElseGet(() -> CursorRange.everything(incremental));
          return records.read(Cursor.of(type, range));
        };
    return new Resource(ResourceSpec.named(name), Optional.of(type), code);
  }

  /**
   * A resource that is read window by window; say which ones with {@link #partitions}.
   *
   * @param records brings the records of one window
   */
  public static Resource ofWindows(String name, InWindow records) {
    Code code =
        (spec, request) ->
            records.read(
                request
                    .window()
                    .orElseThrow(
                        () ->
                            new FirnException(
                                ErrorCode.INVALID_SOURCE,
                                "Resource '" + name + "' is read by windows, but has none.",
                                "Say which ones: partitions(...).")));
    return new Resource(ResourceSpec.named(name), Optional.empty(), code);
  }

  /** How this resource fills its table. */
  public ResourceSpec spec() {
    return spec;
  }

  private Resource with(ResourceSpec other) {
    return new Resource(other, cursor, code);
  }

  /** The table's name, with or without namespace; by default the resource's name. */
  public Resource table(String table) {
    return with(spec.withTable(table));
  }

  /** Reads well at the end: {@code .merge().into("raw.users")}. The same as {@link #table}. */
  public Resource into(String table) {
    return table(table);
  }

  /** The columns that tell records apart, by source path or column name. */
  public Resource primaryKey(String... columns) {
    return with(spec.withKey(List.of(columns)));
  }

  public Resource append() {
    return writeDisposition(WriteDisposition.APPEND);
  }

  public Resource replace() {
    return writeDisposition(WriteDisposition.REPLACE);
  }

  /** Needs a {@link #primaryKey}. */
  public Resource merge() {
    return writeDisposition(WriteDisposition.MERGE);
  }

  public Resource writeDisposition(WriteDisposition disposition) {
    return with(spec.withDisposition(disposition));
  }

  /** How rows meet those that are there, beyond the disposition. */
  public Resource writeRules(WriteRules rules) {
    return with(spec.withRules(rules));
  }

  /** A merge of this strategy. */
  public Resource merge(MergeStrategy strategy) {
    return merge().writeRules(spec.rules().withStrategy(strategy));
  }

  /** The columns that rows to be deleted share with rows of the load. */
  public Resource mergeKey(String... columns) {
    return writeRules(spec.rules().withMergeKey(List.of(columns)));
  }

  /** The column that says that a record deletes its key. */
  public Resource hardDelete(String column) {
    return writeRules(spec.rules().withHardDelete(column));
  }

  /** Which record of a key wins within one load, such as {@code updated_at desc}. */
  public Resource dedupSort(String order) {
    return writeRules(spec.rules().withDedupSort(DedupSort.parse(order)));
  }

  /** Deletes the keys that a load does not bring. */
  public Resource deleteAbsent() {
    return writeRules(spec.rules().withDeleteAbsent(true));
  }

  /** Replaces only the partitions that the load has rows of. */
  public Resource replacePartitions() {
    Replacing partitions =
        new Replacing(Replacing.Scope.PARTITION, Replacing.ALL.strategy(), Map.of());
    return replace().writeRules(spec.rules().withReplacing(partitions));
  }

  /** How the table forgets rows. */
  public Resource deleteMode(DeleteMode mode) {
    return writeRules(spec.rules().withDeleteMode(mode));
  }

  /** Partition fields such as {@code day(updated_at)}. */
  public Resource partitionBy(String... fields) {
    return with(spec.withPartitionBy(Stream.of(fields).map(PartitionField::parse).toList()));
  }

  /** Declares the types of columns, by source path or column name. */
  public Resource columns(Map<String, DataType> types) {
    return with(spec.withColumns(types));
  }

  /** Declares one column more. */
  public Resource column(String name, DataType type) {
    Map<String, DataType> types = new LinkedHashMap<>(spec.columns());
    types.put(name, type);
    return columns(types);
  }

  /** Renames a column of the table, which keeps its values. */
  public Resource renameColumn(String from, String to) {
    Map<String, String> renames = new LinkedHashMap<>(spec.columnEdits().renames());
    renames.put(from, to);
    return with(spec.withColumnEdits(new ColumnEdits(renames, spec.columnEdits().drops())));
  }

  /** Drops columns of the table with their values. */
  public Resource dropColumns(String... columns) {
    return with(
        spec.withColumnEdits(new ColumnEdits(spec.columnEdits().renames(), List.of(columns))));
  }

  /** How the table is kept. */
  public Resource tableSettings(TableSettings settings) {
    return with(spec.withTableSettings(settings.checked()));
  }

  public Resource evolution(Evolution modes) {
    return with(spec.withEvolution(modes));
  }

  /** Puts the rows under a contract. */
  public Resource contract(SchemaContract contract) {
    return with(spec.withContract(contract));
  }

  /** Puts the rows under the contract that a record with {@link Contract} says. */
  public Resource contract(Class<?> type) {
    return contract(ContractFile.of(type));
  }

  /** Deeper values become JSON text. */
  public Resource maxNesting(int levels) {
    return with(spec.withMaxNesting(levels));
  }

  public Resource naming(NamingRules.Style style) {
    return with(spec.withNaming(new NamingRules(style, spec.naming().onCollision())));
  }

  public Resource onCollision(NamingRules.OnCollision rule) {
    return with(spec.withNaming(new NamingRules(spec.naming().style(), rule)));
  }

  /** Which records are kept in the table beside the resource's own. */
  public Resource quarantine(Quarantine quarantine) {
    return with(spec.withQuarantine(quarantine));
  }

  /** Records that one thread takes at a time, at most. */
  public Resource batchRows(int rows) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    return with(spec.withOptions(options.put(JavaSourceProvider.BATCH_ROWS, rows)));
  }

  /** Cuts the resource into windows of time, each of which is loaded once it is over. */
  public Resource partitions(PartitionsSpec windows) {
    return with(spec.withPartitions(windows));
  }

  /** Loads only what is new by this cursor, all of it in the first run. */
  public Resource incremental(String path) {
    return incremental(IncrementalSpec.on(path));
  }

  /** Loads only what is new by this cursor, in the first run from {@code initial} on. */
  public Resource incremental(String path, String initial) {
    return incremental(IncrementalSpec.on(path).withInitial(initial));
  }

  /** Loads only what is new; without a type, the cursor gets that of its class. */
  public Resource incremental(IncrementalSpec incremental) {
    return with(spec.withIncremental(BuiltSource.typed(incremental, cursor)));
  }

  /**
   * How far before the last value a run starts again: {@code 5m} for times, a number for numbers.
   */
  public Resource lag(String lag) {
    return incremental(known().withLag(lag));
  }

  /**
   * Reads from {@code initial} up to a value, not including it, without reading or moving the
   * state: a backfill.
   */
  public Resource end(String value) {
    return incremental(known().withEnd(value));
  }

  private IncrementalSpec known() {
    return spec.incremental().orElseGet(() -> IncrementalSpec.on(""));
  }

  /** Checks all of them and makes them ready to be read. */
  static OpenSource opened(List<Resource> resources, Path folder) {
    List<BuiltResource> built = new ArrayList<>();
    for (Resource each : resources) {
      built.add(
          new BuiltResource(each.spec, each.cursor, request -> each.code.open(each.spec, request)));
    }
    return BuiltSource.open(built, folder);
  }
}
