package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.parquet.ParquetReId;
import dev.firn.iceberg.internal.parquet.SealedFile;
import dev.firn.iceberg.internal.parquet.SealedRowGroup;
import dev.firn.iceberg.internal.stage.StagedDataFiles;
import dev.firn.iceberg.internal.stage.StagedDetails;
import dev.firn.iceberg.internal.stage.StagedDetails.RowGroup;
import dev.firn.iceberg.internal.stage.StagedDetails.StagedField;
import dev.firn.iceberg.internal.stage.StagedFilesJournal;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Compares the field ids of staged files with those of the table that they are to be added to.
 * Another writer may have taken an id since; a file with such ids would be read as wrong columns,
 * silently. Those files are copied under new footers; the copies stand for them from then on. So
 * are files that the table has held before.
 */
final class FileFitting {
  private final TableName name;
  private final Path folder;
  private final List<StagedDetails> files = new ArrayList<>();
  private boolean refitted;

  FileFitting(StagedTable staged, Path folder) {
    this.name = staged.schema().name();
    this.folder = folder;
    for (StagedFile file : staged.files()) {
      files.add(StagedDetails.parse(file.details()));
    }
  }

  /**
   * The table that files are fitted to, with the schema that the commit gives it.
   *
   * @param takenOut locations that files cannot have any more
   */
  record Target(Table table, Set<String> takenOut) {
    Target(Table table) {
      this(table, Set.of());
    }

    Schema schema() {
      return table.schema();
    }

    PartitionSpec spec() {
      return table.spec();
    }

    Collection<PartitionSpec> specs() {
      return table.specs().values();
    }

    FileIO io() {
      return table.io();
    }

    List<String> partitionedBy() {
      return StagedDataFiles.partitionedBy(schema(), spec());
    }
  }

  /**
   * The files as they can be added to the table, in their order.
   *
   * @throws FirnException {@code CONTRACT_FROZEN} when a column or the partitioning has changed so
   *     that the rows no longer fit
   */
  List<FittedFile> fit(Target table) {
    List<FittedFile> fitted = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      StagedDetails details = files.get(i);
      PartitionSpec spec = specFor(details, table);
      String location = StagedDataFiles.dataFile(details, spec).location();
      if (!idsMatch(details, table.schema()) || table.takenOut().contains(location)) {
        details = copied(details, spec, table);
        files.set(i, details);
        refitted = true;
      }
      fitted.add(new FittedFile(details, StagedDataFiles.dataFile(details, spec), spec));
    }
    return fitted;
  }

  /** Whether a file was copied. */
  boolean refitted() {
    return refitted;
  }

  private PartitionSpec specFor(StagedDetails details, Target table) {
    List<PartitionSpec> candidates = new ArrayList<>();
    candidates.add(table.spec());
    candidates.addAll(table.specs());
    Optional<PartitionSpec> spec =
        candidates.stream()
            .filter(
                each ->
                    StagedDataFiles.partitionedBy(table.schema(), each)
                        .equals(details.partitionedBy()))
            .findFirst();
    return spec.orElseThrow(
        () ->
            misfit(
                "was staged partitioned by %s, but the table is partitioned by %s"
                    .formatted(details.partitionedBy(), table.partitionedBy())));
  }

  private boolean idsMatch(StagedDetails details, Schema schema) {
    boolean match = true;
    for (StagedField staged : details.fields()) {
      Types.NestedField field = schema.asStruct().field(staged.name());
      if (field == null || !holds(field.type(), Types.fromPrimitiveString(staged.type()))) {
        throw misfit(
            "column '%s' was staged as %s, but the table has %s"
                .formatted(
                    staged.name(), staged.type(), field == null ? "no such column" : field.type()));
      }
      match &= field.fieldId() == staged.id();
    }
    return match;
  }

  private static boolean holds(Type column, Type.PrimitiveType staged) {
    return column.isPrimitiveType()
        && (column.equals(staged) || TypeUtil.isPromotionAllowed(staged, column.asPrimitiveType()));
  }

  private FirnException misfit(String what) {
    return new FirnException(
        ErrorCode.CONTRACT_FROZEN,
        "Table " + name + " was changed by another writer: " + what + ".",
        "Drop the package with `firn packages drop` and load again.");
  }

  private StagedDetails copied(StagedDetails details, PartitionSpec spec, Target table) {
    DataFile file = StagedDataFiles.dataFile(details, spec);
    String target =
        file.location()
            .replaceFirst(
                "(-r[0-9a-f]{8})?\\.parquet$",
                "-r" + UUID.randomUUID().toString().substring(0, 8) + ".parquet");
    try (StagedFilesJournal journal = StagedFilesJournal.open(folder)) {
      journal.note(name, target);
    }
    SealedFile copy =
        new ParquetReId(table.io()).copy(sealed(details, file), table.schema(), target);
    return StagedDataFiles.renewed(details, copy, table.schema(), spec, file.partition());
  }

  private static SealedFile sealed(StagedDetails details, DataFile file) {
    List<SealedRowGroup> groups = new ArrayList<>();
    for (RowGroup group : details.groups()) {
      groups.add(new SealedRowGroup(groups.size(), group.set(), group.firstRow(), group.rows()));
    }
    Metrics metrics =
        new Metrics(
            file.recordCount(),
            orNone(file.columnSizes()),
            orNone(file.valueCounts()),
            orNone(file.nullValueCounts()),
            orNone(file.nanValueCounts()),
            orNone(file.lowerBounds()),
            orNone(file.upperBounds()));
    List<Long> offsets = Objects.requireNonNullElse(file.splitOffsets(), List.of());
    return new SealedFile(
        file.location(), file.fileSizeInBytes(), file.recordCount(), groups, offsets, metrics);
  }

  private static <V> Map<Integer, V> orNone(@Nullable Map<Integer, V> metrics) {
    return Objects.requireNonNullElse(metrics, Map.of());
  }
}
