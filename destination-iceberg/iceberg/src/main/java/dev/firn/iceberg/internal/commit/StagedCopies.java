package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.merge.LiveRowCopy;
import dev.firn.iceberg.internal.merge.MergeTable;
import dev.firn.iceberg.internal.merge.StagedData;
import dev.firn.iceberg.internal.merge.StagedPlan;
import dev.firn.iceberg.internal.parquet.AddedColumn;
import dev.firn.iceberg.internal.parquet.EncoderSettings;
import dev.firn.iceberg.internal.parquet.FooterSchema;
import dev.firn.iceberg.internal.stage.BloomColumns;
import dev.firn.iceberg.internal.stage.StagedDetails.StagedField;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;

/** Copies of staged files that cannot be added as they are. */
final class StagedCopies {
  private final NewFiles files;
  private final Table table;
  private final BufferAllocator memory;

  StagedCopies(NewFiles files, BufferAllocator memory) {
    this.files = files;
    this.table = files.table();
    this.memory = memory;
  }

  /** The live rows of a file, of which there is one at least. */
  DataFile live(StagedPlan plan, FittedFile staged) {
    StagedPlan fitted =
        plan.with(new StagedData(staged.file(), staged.spec(), plan.data().groups()));
    MergeTable source =
        new MergeTable(files.name(), Optional.of(table), table, table.schema(), List.of());
    List<String> columns = staged.details().fields().stream().map(StagedField::name).toList();
    FooterSchema footer =
        FooterSchema.of(table.schema().select(columns), MetricsConfig.forTable(table));
    EncoderSettings settings =
        EncoderSettings.DEFAULT.withBloomColumns(BloomColumns.of(table.properties(), columns));
    return new LiveRowCopy(source, footer, settings, memory).copy(fitted, path(staged));
  }

  /** The file with the ids that its rows take over; the file itself if they take over none. */
  DataFile withIds(StagedPlan plan, FittedFile staged) {
    if (plan.ids().isEmpty()) {
      return staged.file();
    }
    AddedColumn.Copy copy =
        new AddedColumn(MetadataColumns.ROW_ID, plan.ids().get()::at, memory)
            .copy(table.io(), staged.file().location(), path(staged));
    return DataFiles.builder(staged.spec())
        .copy(staged.file())
        .withPath(copy.path())
        .withFileSizeInBytes(copy.length())
        .build();
  }

  private String path(FittedFile staged) {
    return files.path(staged.spec(), staged.file().partition(), "live");
  }
}
