package dev.firn.iceberg.internal.merge;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.util.PartitionUtil;

/**
 * A data file, and what the table knows about its columns beside it.
 *
 * @param constants values by field id of columns that the file may lack: its identity partition
 * @param names how columns of files without field ids are found
 */
public record RowSource(
    FileIO io, DataFile file, Map<Integer, ?> constants, Optional<NameMapping> names) {

  static RowSource staged(FileIO io, DataFile file) {
    return new RowSource(io, file, Map.of(), Optional.empty());
  }

  static RowSource of(Table table, FileScanTask task) {
    return new RowSource(
        table.io(),
        task.file(),
        PartitionUtil.constantsMap(task, IdentityPartitionConverters::convertConstant),
        Optional.ofNullable(table.properties().get(TableProperties.DEFAULT_NAME_MAPPING))
            .map(NameMappingParser::fromJson));
  }
}
