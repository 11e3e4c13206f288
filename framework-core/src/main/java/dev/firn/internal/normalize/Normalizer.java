package dev.firn.internal.normalize;

import dev.firn.contract.Evolution;
import dev.firn.contract.Validator;
import dev.firn.contract.ValidatorSpec;
import dev.firn.destination.LiveTable;
import dev.firn.load.LoadId;
import dev.firn.load.Validity;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.Limits;
import dev.firn.schema.Column;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.schema.TableSettings;
import dev.firn.source.ResourceSpec;
import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;

/** Normalises one load: hands out a worker a thread, and knows what all of them have learned. */
public final class Normalizer implements AutoCloseable {
  static final int LONGEST_NAME = 255;

  private final Request request;
  private final BufferAllocator allocator;
  private final List<String> key;
  private final LoadTarget target;
  private final LoadSchema schema;
  private final AtomicLong sets = new AtomicLong();
  private final LoadChecks loadChecks;
  private final UniqueChecks uniqueChecks;
  private final RangeProgress progress = new RangeProgress();
  private Optional<CursorWindow> window;

  /**
   * What a load is.
   *
   * @param evolution the modes in force for the resource
   * @param live the root and its child tables that exist
   * @param window the cursor's window of an incremental resource
   * @param hashing whether rows carry a hash of their record
   * @param fileColumns system columns that the source sends itself
   * @param validators opens those that the contract asks for, one for each worker
   */
  public record Request(
      LoadId loadId,
      ResourceSpec resource,
      TableName root,
      Evolution evolution,
      List<LiveTable> live,
      Optional<CursorWindow> window,
      boolean hashing,
      Limits limits,
      Set<String> fileColumns,
      Function<ValidatorSpec, Validator> validators) {}

  public Normalizer(Request request, BufferAllocator allocator) {
    this.request = request;
    this.allocator = allocator;
    this.window = request.window();
    ResourceSpec resource = request.resource();
    this.target = new TargetPlan(request).target();
    this.schema = new LoadSchema(target);
    this.key = keyColumns(resource.key());
    this.loadChecks = resource.contract().map(LoadChecks::of).orElseGet(LoadChecks::none);
    this.uniqueChecks =
        resource
            .contract()
            .map(
                contract ->
                    UniqueChecks.of(
                        contract, this::nameOf, resource.disposition(), resource.rules(), key))
            .orElseGet(UniqueChecks::none);
  }

  /** The same with what is only known of a load: when its versions begin. */
  public WriteRules loadRules() {
    WriteRules rules = rules();
    Validity said = rules.validity();
    return target.versions().isEmpty()
        ? rules
        : rules.withValidity(
            new Validity(
                said.from(),
                said.to(),
                said.active(),
                said.boundary().or(() -> Optional.of(request.loadId().time().toString())),
                said.rowVersion()));
  }

  /** The columns by which a root's versions are told apart; none where it has no versions. */
  public List<Column> versionColumns() {
    return target.versions().map(Versions::columns).orElse(List.of());
  }

  /** Columns to rename or drop, by the names that they have in the table. */
  public ColumnEdits columnEdits() {
    return target.edits();
  }

  /** How the table is to be kept, by column names. */
  public TableSettings tableSettings() {
    return request.resource().tableSettings().named(this::nameOf);
  }

  /** The key's column names: a source path, or a name as written. */
  public List<String> key() {
    return key;
  }

  /** How rows meet those that are there, by column names. */
  public WriteRules rules() {
    return request.resource().rules().named(this::nameOf);
  }

  /** The root table's name. */
  public TableName root() {
    return request.root();
  }

  /** Partitioning for a table that does not exist yet, by column names. */
  public List<PartitionField> partitionBy() {
    return request.resource().partitionBy().stream()
        .map(field -> new PartitionField(nameOf(field.column()), field.transform(), field.width()))
        .toList();
  }

  /** A declared column as it is named in the table. */
  public Column declaredColumn(String written, DataType type) {
    return new Column(nameOf(written), type, false, List.of(written));
  }

  /** The column's name in the table, for a source path or a name as written. */
  public String columnName(String written) {
    return nameOf(written);
  }

  private ContractRules.Columns columns() {
    return new ContractRules.Columns() {
      @Override
      public String name(String written) {
        return nameOf(written);
      }

      @Override
      public boolean typed(String written) {
        return nameIsLive(written) || schema.plan().root().column(written).fixed();
      }
    };
  }

  private boolean nameIsLive(String written) {
    TableSchema live = target.live().get(request.root());
    return live != null && live.column(written).isPresent();
  }

  private String nameOf(String written) {
    return nameIsLive(written) ? written : schema.plan().root().column(written).name();
  }

  /** The cursor's window; narrower than the request's once {@link #holdBack} has found reason. */
  public Optional<CursorWindow> window() {
    return window;
  }

  /** Whether the source has nothing more that the cursor's window wants. */
  public boolean pastRange() {
    return progress.ended();
  }

  /** Whether there were records that a later run is to load. */
  public boolean leftForLater() {
    return progress.leftForLater();
  }

  /**
   * Leaves the records of the last cursor value to a later run, when they are more than the state
   * may list and nothing else would keep them from being loaded again. The state then says that
   * everything before that value is loaded and nothing of it.
   *
   * @return the sets to read again: those that hold such records
   */
  public Set<Long> holdBack(LoadSummary summary, List<StagedSet> staged) {
    Set<Long> wrong = new HashSet<>();
    CursorWindow bounds = window.orElse(null);
    CursorMark mark = summary.cursor().orElse(null);
    if (bounds == null || mark == null || !tooMany(bounds, mark)) {
      return wrong;
    }
    window = Optional.of(bounds.holding(mark.point()));
    for (StagedSet set : staged) {
      if (set.cursor().isPresent()
          && bounds.order().compare(set.cursor().get().point(), mark.point()) == 0) {
        wrong.add(set.id());
      }
    }
    return wrong;
  }

  private boolean tooMany(CursorWindow bounds, CursorMark mark) {
    boolean again =
        bounds.last().isPresent() && bounds.order().compare(mark.point(), bounds.last().get()) == 0;
    CursorMark all = again ? mark.with(bounds.boundary(), false) : mark;
    return all.many()
        && CursorWindow.needsBoundary(bounds.spec(), request.resource().disposition());
  }

  /** The cursor's column: a source path, or a name as written. */
  private String cursorColumn() {
    return window.map(bounds -> nameOf(bounds.spec().cursor())).orElse("");
  }

  private List<String> uniqueBy() {
    return window.map(bounds -> keyColumns(bounds.spec().uniqueBy())).orElse(List.of());
  }

  private List<String> keyColumns(List<String> written) {
    return written.stream().map(this::nameOf).toList();
  }

  /** A new worker, for one thread. */
  public NormalizeWorker worker(SetWriter writer) {
    RecordState state =
        new RecordState(
            request.hashing() || window.isPresent(), request.resource().quarantine().keep());
    RowHashes hashes = new RowHashes(request.hashing());
    RecordChecks checks =
        new RecordChecks(
            new RecordChecks.Columns(wholeKey(), cursorColumn(), uniqueBy()),
            request.resource().onNullKey(),
            window,
            progress,
            hashes,
            contractCheck());
    TableBuilder root = new TableBuilder(null, "", schema.plan().root(), state, allocator);
    SetBuilder builder = new SetBuilder(allocator, request.loadId(), idKey(), target.versions());
    QuarantineRows aside =
        new QuarantineRows(
            request.root(), request.loadId(), request.resource().origin(), allocator);
    return new NormalizeWorker(
        new NormalizeWorker.Parts(
            schema, root, target.rules(), checks, hashes, builder, aside, sets),
        writer,
        request.limits().bytesPerWorker());
  }

  private ValidatorChecks validatorChecks() {
    List<ValidatorChecks.Check> checks = new ArrayList<>();
    request
        .resource()
        .contract()
        .ifPresent(
            contract ->
                contract
                    .validators()
                    .forEach(
                        each ->
                            checks.add(
                                new ValidatorChecks.Check(
                                    request.validators().apply(each),
                                    contract.onViolation(each)))));
    return new ValidatorChecks(checks);
  }

  /** Columns that must not be null: those of the key and of the merge key. */
  private List<String> wholeKey() {
    WriteRules rules = rules();
    Stream<String> others =
        Stream.concat(rules.mergeKey().stream(), rules.validity().rowVersion().stream());
    return Stream.concat(key.stream(), others).distinct().toList();
  }

  private ContractCheck contractCheck() {
    RowValues values = new RowValues(this::nameOf, request.loadId().time());
    List<RowCheck> checks =
        request
            .resource()
            .contract()
            .map(contract -> ContractRules.of(contract, columns(), key, values))
            .orElse(List.of());
    return new ContractCheck(
        checks,
        validatorChecks(),
        new LoadTallies(loadChecks.aggregates(), values),
        uniqueChecks.rows());
  }

  /** What is asked of the load's rows together. */
  public LoadChecks loadChecks() {
    return loadChecks;
  }

  /** These sets are not loaded; their splits are read again. */
  public void forget(Set<Long> sets) {
    uniqueChecks.forget(sets);
  }

  /**
   * Which values that may come once come again.
   *
   * @param sets those that are loaded
   * @param table reads the rows that are there
   */
  public List<UniqueChecks.Repeated> repeated(Set<Long> sets, TableRows table) {
    boolean allGo = request.resource().wantsAll();
    Optional<TableValues> values =
        request.live().stream()
            .map(LiveTable::schema)
            .filter(schema -> !allGo && schema.name().equals(request.root()))
            .findFirst()
            .map(root -> new TableValues(schema.plan(), root.columns(), table, allocator));
    return uniqueChecks.repeated(sets, values);
  }

  @Override
  public void close() {
    uniqueChecks.close();
  }

  /** What a root's id is made of: only a merge leaves each key once. */
  private List<String> idKey() {
    return request.hashing() ? key : List.of();
  }

  /** Reads a sample for a first guess of types; loads nothing. */
  public void sample(List<Split> splits) {
    SetWriter nowhere = set -> {};
    try (NormalizeWorker worker = worker(nowhere)) {
      for (Split split : splits) {
        worker.sample(split);
      }
    }
  }

  /** What the sets that were staged amount to. */
  public LoadSummary sum(List<StagedSet> staged) {
    return LoadSummary.of(staged, target, schema.plan(), loadChecks.aggregates());
  }

  /** Plans with exactly what these sets say, for reading again what does not fit. */
  public void adopt(LoadSummary summary) {
    schema.adopt(summary.guesses(), summary.tablesWithIds());
  }
}
