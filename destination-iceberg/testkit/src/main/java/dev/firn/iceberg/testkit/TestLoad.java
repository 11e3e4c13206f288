package dev.firn.iceberg.testkit;

import dev.firn.batch.Batch;
import dev.firn.batch.BatchSet;
import dev.firn.batch.BatchSet.ChildBatch;
import dev.firn.batch.BatchSet.Run;
import dev.firn.destination.Destination;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.load.LoadCounts;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.ResourceState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A load made by hand: sets of rows, a sealed package. The memory of its batches is checked to be
 * free again.
 */
public final class TestLoad {
  public static final String PIPELINE = "shop";
  public static final String RESOURCE = "orders";

  private final LoadId id = LoadId.next(Clock.systemUTC());
  private final TableSchema root;
  private final WriteDisposition disposition;
  private final Map<TableName, TableSchema> children = new LinkedHashMap<>();
  private final List<Rows> sets = new ArrayList<>();
  private WriteRules rules = WriteRules.DEFAULT;
  private String pipeline = PIPELINE;
  private ResourceState.Slice before = ResourceState.Slice.NONE;
  private ResourceState.Slice after = ResourceState.Slice.NONE;

  private TestLoad(TableSchema root, WriteDisposition disposition) {
    this.root = root;
    this.disposition = disposition;
  }

  /** Rows of one set. */
  private record Rows(
      List<List<@Nullable Object>> root, List<ChildRows> children, List<String> aside) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record ChildRows(TableSchema schema, int[] rootRows, List<List<@Nullable Object>> rows) {}

  /** A load into a table of the schema, without rows yet. */
  public static TestLoad into(TableSchema root, WriteDisposition disposition) {
    return new TestLoad(root, disposition);
  }

  /** Makes it a load of another pipeline, with a state of its own. */
  public TestLoad of(String otherPipeline) {
    pipeline = otherPipeline;
    return this;
  }

  /** Says how its rows meet those that are there. */
  public TestLoad by(WriteRules other) {
    rules = other;
    return this;
  }

  public LoadId id() {
    return id;
  }

  /** Adds a set of root rows. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final TestLoad rows(List<? extends @Nullable Object>... rows) {
    return rowsOf(List.of(rows));
  }

  /** Adds a set of root rows. */
  public TestLoad rowsOf(List<? extends List<? extends @Nullable Object>> rows) {
    sets.add(new Rows(copy(rows), new ArrayList<>(), new ArrayList<>()));
    return this;
  }

  /** Gives the last set child rows: their values, and for each the position of its root row. */
  public TestLoad children(
      TableSchema child, int[] rootRows, List<? extends List<? extends @Nullable Object>> rows) {
    children.put(child.name(), child);
    sets.get(sets.size() - 1).children().add(new ChildRows(child, rootRows, copy(rows)));
    return this;
  }

  /** Lets the last set keep records in the root's quarantine, known by their payloads. */
  public TestLoad aside(String... payloads) {
    sets.get(sets.size() - 1).aside().addAll(List.of(payloads));
    return this;
  }

  private boolean keepsAside() {
    return sets.stream().anyMatch(set -> !set.aside().isEmpty());
  }

  /** Adds a child table without rows. */
  public TestLoad child(TableSchema child) {
    children.put(child.name(), child);
    return this;
  }

  /** The state slice that the load starts from, and the one that it leaves. */
  public TestLoad moving(ResourceState.Slice from, ResourceState.Slice to) {
    before = from;
    after = to;
    return this;
  }

  private static List<List<@Nullable Object>> copy(
      List<? extends List<? extends @Nullable Object>> rows) {
    List<List<@Nullable Object>> copy = new ArrayList<>();
    rows.forEach(row -> copy.add(new ArrayList<>(row)));
    return copy;
  }

  /** The folder of this load's package. */
  public Path folder(Path project) {
    return project.resolve(".firn").resolve("packages").resolve(id.value());
  }

  /** Stages and seals all sets. */
  public LoadPackage stage(Destination destination, Path project) {
    StagingPlan plan =
        new StagingPlan(
            id,
            root.name(),
            disposition,
            rules,
            root.key(),
            root.partitionBy(),
            Optional.empty(),
            root.settings(),
            folder(project));
    try (BufferAllocator memory = new RootAllocator();
        Staging staging = destination.stage(plan)) {
      write(staging, memory);
      List<TableSchema> schemas = new ArrayList<>();
      schemas.add(root);
      schemas.addAll(children.values());
      if (keepsAside()) {
        schemas.add(QuarantineTable.schema(root.name()));
      }
      return sealed(destination, staging.seal(schemas, set -> true));
    }
  }

  /** Writes all sets; each is split 0, one after the other. */
  public void write(Staging staging, BufferAllocator memory) {
    long first = 0;
    for (int i = 0; i < sets.size(); i++) {
      Rows rows = sets.get(i);
      try (BatchSet set = set(memory, i, first, rows)) {
        staging.write(set);
      }
      first += rows.root().size();
    }
  }

  private BatchSet set(BufferAllocator memory, int number, long first, Rows rows) {
    Batch batch = TestRows.batch(memory, root, rows.root());
    List<ChildBatch> childBatches = new ArrayList<>();
    for (ChildRows child : rows.children()) {
      childBatches.add(
          new ChildBatch(TestRows.batch(memory, child.schema(), child.rows()), child.rootRows()));
    }
    List<Run> runs = List.of(new Run(0, first, rows.root().size()));
    Optional<Batch> aside =
        rows.aside().isEmpty() ? Optional.empty() : Optional.of(aside(memory, rows.aside()));
    return new BatchSet(number, runs, batch, childBatches, aside);
  }

  private Batch aside(BufferAllocator memory, List<String> payloads) {
    long micros = id.time().toEpochMilli() * 1000;
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (String payload : payloads) {
      rows.add(Arrays.asList(payload, "why", "min 1", "id", RESOURCE, "x:1", micros, id.value()));
    }
    return TestRows.batch(memory, QuarantineTable.schema(root.name()), rows);
  }

  /** The package of this load. */
  public LoadPackage sealed(Destination destination, List<StagedTable> tables) {
    long rows = tables.get(0).rows();
    int loaded = tables.size() - (keepsAside() ? 1 : 0);
    Optional<StagedTable> aside = tables.stream().skip(loaded).findFirst();
    long kept = aside.map(StagedTable::rows).orElse(0L);
    LoadCounts counts = new LoadCounts(rows + kept, rows, kept, 0, 0, 0, Map.of());
    return new LoadPackage(
        id,
        pipeline,
        RESOURCE,
        destination.identity(),
        disposition,
        rules,
        root.key(),
        tables.subList(0, loaded),
        aside,
        before,
        after,
        counts);
  }
}
