package dev.firn.iceberg.internal.stage;

import dev.firn.batch.Batch;
import dev.firn.batch.BatchSet;
import dev.firn.batch.BatchSet.ChildBatch;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.metadata.NamedPartition;
import dev.firn.iceberg.internal.metadata.WindowPartitions;
import dev.firn.iceberg.internal.parquet.EncodedRowGroup;
import dev.firn.iceberg.internal.stage.PartitionSplitter.Part;
import dev.firn.iceberg.internal.stage.StagedDetails.RowRun;
import dev.firn.load.Replacing;
import dev.firn.load.StagedTable;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.iceberg.PartitionSpec;

/** Stages one load as Parquet files at its tables' locations. */
public final class IcebergStaging implements Staging {
  private final Tables tables;
  private final StagingPlan plan;
  private final NamedPartition named;
  private final WindowPartitions inWindow;
  private final StagedFilesJournal journal;
  private final Optional<ChildRowCounts.Writer> childRows;
  private final EncoderPool encoders = new EncoderPool();
  private final AtomicInteger fileNumber = new AtomicInteger();
  private final Map<TableName, TableStaging> staged = new HashMap<>();
  private boolean sealed;

  public IcebergStaging(Tables tables, StagingPlan plan) {
    this.tables = tables;
    this.plan = plan;
    this.named = NamedPartition.of(plan.rules().replacing().partition());
    this.inWindow = new WindowPartitions(plan.window());
    this.journal = StagedFilesJournal.open(plan.folder());
    this.childRows =
        merging() ? Optional.of(new ChildRowCounts.Writer(plan.folder())) : Optional.empty();
  }

  private boolean merging() {
    return plan.disposition() == WriteDisposition.MERGE;
  }

  @Override
  public void write(BatchSet set) {
    if (set.root().rows() > 0) {
      write(set.id(), set.root(), set.runs());
    }
    for (ChildBatch child : set.children()) {
      if (child.batch().rows() > 0) {
        write(set.id(), child.batch(), List.of());
        childRows.ifPresent(counts -> counts.add(set.id(), child, set.root().rows()));
      }
    }
    set.quarantine().ifPresent(batch -> write(set.id(), batch, List.of()));
  }

  private void write(long set, Batch batch, List<BatchSet.Run> runs) {
    TableStaging table = tableOf(batch.table());
    PartitionSpec spec = table.partitioning().of(batch);
    boolean root = batch.table().equals(plan.root());
    List<Part> parts = new PartitionSplitter(spec).split(batch);
    if (root && plan.rules().replacing().scope() == Replacing.Scope.PARTITION) {
      requirePartitioned(spec);
      inWindow.require(
          spec,
          parts.stream().map(part -> StagedDataFiles.partition(spec, part.values())).toList());
    }
    for (Part part : parts) {
      if (root && !named.isAny()) {
        named.require(spec.schema(), spec, part.values());
      }
      if (part.rows().isEmpty()) {
        PackedRuns origin = origin(() -> RowRuns.all(runs));
        append(table, spec, part, new Rows(set, batch.vectors(), batch.rows(), origin));
      } else {
        int[] at = part.rows().get();
        PackedRuns origin = origin(() -> RowRuns.at(at, runs.isEmpty() ? whole(batch) : runs));
        try (GatheredRows gathered = new GatheredRows(batch, at)) {
          append(table, spec, part, new Rows(set, gathered.vectors(), at.length, origin));
        }
      }
    }
  }

  private void requirePartitioned(PartitionSpec spec) {
    if (spec.isUnpartitioned()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s has no partitions, so none can be replaced.".formatted(plan.root()),
          "Add partition-by, or replace the whole table: leave out scope.");
    }
  }

  /** Rows of a set that become a row group. */
  private record Rows(long set, List<FieldVector> vectors, int count, PackedRuns origin) {}

  private void append(TableStaging table, PartitionSpec spec, Part part, Rows rows) {
    List<Field> columns = rows.vectors().stream().map(FieldVector::getField).toList();
    OpenFile file = table.fileFor(spec, part.values(), columns);
    EncodedRowGroup group =
        encoders.encode(file.columns(), rows.vectors(), rows.count(), bloomColumns(table, columns));
    file.append(group, rows.set(), rows.origin());
    table.retireIfFull(part.values(), file);
  }

  private Set<String> bloomColumns(TableStaging table, List<Field> columns) {
    if (!merging()) {
      return table.bloomFilters();
    }
    Set<String> all = new HashSet<>(table.bloomFilters());
    all.addAll(BloomColumns.of(columns.stream().map(Field::getName).toList()));
    return all;
  }

  /** Only a merge asks where rows come from: the last one of a key wins. */
  private PackedRuns origin(Supplier<List<RowRun>> runs) {
    return merging() ? PackedRuns.of(runs.get()) : PackedRuns.NONE;
  }

  // Child rows have no place in the input, only one in their batch.
  private static List<BatchSet.Run> whole(Batch batch) {
    return List.of(new BatchSet.Run(0, 0, batch.rows()));
  }

  private TableStaging tableOf(TableName name) {
    synchronized (staged) {
      return staged.computeIfAbsent(name, this::open);
    }
  }

  /** The quarantine only grows, also where the tables beside it are made anew. */
  private Optional<String> anew(TableName name) {
    boolean anew =
        plan.disposition() == WriteDisposition.REPLACE
            && plan.rules().replacing().dropsTables()
            && !name.equals(QuarantineTable.of(plan.root()));
    return anew ? Optional.of(plan.loadId().value()) : Optional.empty();
  }

  private TableStaging open(TableName name) {
    StagingTarget target =
        StagingTarget.forRows(tables, name, plan.settings().formatVersion(), anew(name));
    boolean root = name.equals(plan.root());
    return new TableStaging(
        target,
        root ? plan.partitionBy() : List.of(),
        root ? plan.settings() : plan.settings().forChild(),
        () -> "%s-%05d.parquet".formatted(plan.loadId(), fileNumber.incrementAndGet()),
        journal);
  }

  @Override
  public List<StagedTable> seal(List<TableSchema> schemas, LongPredicate keep) {
    List<StagedTable> done = new ArrayList<>();
    synchronized (staged) {
      Set<TableName> wanted = new HashSet<>();
      for (TableSchema schema : schemas) {
        wanted.add(schema.name());
        done.add(tableOf(schema.name()).seal(schema, keep));
      }
      staged.forEach(
          (name, table) -> {
            if (!wanted.contains(name)) {
              table.drop(keep);
            }
          });
    }
    childRows.ifPresent(ChildRowCounts.Writer::finish);
    journal.force();
    sealed = true;
    return done;
  }

  @Override
  public void close() {
    try (journal) {
      encoders.close();
      childRows.ifPresent(ChildRowCounts.Writer::close);
      if (!sealed) {
        synchronized (staged) {
          staged.values().forEach(table -> table.close());
        }
        new StagedFiles(tables).deleteAll(plan.folder());
      }
    }
  }
}
