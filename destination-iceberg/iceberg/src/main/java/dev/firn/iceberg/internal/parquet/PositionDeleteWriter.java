package dev.firn.iceberg.internal.parquet;

import dev.firn.error.FirnException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Writes one position-delete file of format version 2: which rows of which data files are deleted.
 * Belongs to one thread. A file that was not finished is deleted by {@link #close}.
 */
public final class PositionDeleteWriter implements AutoCloseable {
  private static final Schema SCHEMA =
      new Schema(MetadataColumns.DELETE_FILE_PATH, MetadataColumns.DELETE_FILE_POS);

  // As Iceberg's own writer marks such files.
  private static final Map<String, String> PROPERTIES = Map.of("delete-type", "position");
  private static final int GROUP_ROWS = 100_000;

  private final OpenParquetFile file;
  private final RowGroupEncoder encoder;
  private final VarCharVector paths;
  private final BigIntVector positions;
  private @Nullable String lastPath;
  private byte[] lastPathBytes = new byte[0];
  private long lastPosition;
  private boolean severalPaths;
  private int rows;

  /**
   * Creates the file.
   *
   * @param allocator lends memory for about 100,000 rows until the writer is closed
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses
   */
  public PositionDeleteWriter(FileIO io, String path, BufferAllocator allocator) {
    file = OpenParquetFile.create(io, path);
    encoder = new RowGroupEncoder(EncoderSettings.DEFAULT);
    paths =
        new VarCharVector(
            MetadataColumns.DELETE_FILE_PATH.name(), required(new ArrowType.Utf8()), allocator);
    positions =
        new BigIntVector(
            MetadataColumns.DELETE_FILE_POS.name(),
            required(new ArrowType.Int(64, true)),
            allocator);
  }

  private static FieldType required(ArrowType type) {
    return new FieldType(false, type, null);
  }

  /**
   * Deletes one row. Rows come ordered by path, then position.
   *
   * @param dataFile the data file's location, spelled exactly as in its {@code DataFile}
   * @throws IllegalArgumentException if the row is not behind the one before
   */
  public void delete(String dataFile, long position) {
    if (!dataFile.equals(lastPath)) {
      startDataFile(dataFile);
    } else if (position <= lastPosition) {
      throw new IllegalArgumentException(
          "Position " + position + " of " + dataFile + " comes after " + lastPosition + ".");
    }
    lastPosition = position;
    paths.setSafe(rows, lastPathBytes);
    positions.setSafe(rows, position);
    rows++;
    if (rows == GROUP_ROWS) {
      flush();
    }
  }

  private void startDataFile(String dataFile) {
    if (lastPath != null) {
      if (dataFile.compareTo(lastPath) < 0) {
        throw new IllegalArgumentException(dataFile + " comes after " + lastPath + ".");
      }
      severalPaths = true;
    }
    lastPath = dataFile;
    lastPathBytes = dataFile.getBytes(StandardCharsets.UTF_8);
  }

  private void flush() {
    paths.setValueCount(rows);
    positions.setValueCount(rows);
    file.append(encoder.encode(List.of(paths, positions), rows), 0);
    paths.reset();
    positions.reset();
    rows = 0;
  }

  /**
   * Seals the file; call once, after at least one row.
   *
   * @param partition of the data files, in that spec; empty for an unpartitioned one
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses
   */
  public DeleteFile finish(PartitionSpec spec, StructLike partition) {
    if (lastPath == null) {
      throw new IllegalStateException("A position-delete file without a row says nothing.");
    }
    if (rows > 0) {
      flush();
    }
    FooterSchema footer = new FooterSchema(SCHEMA, MetricsConfig.forPositionDelete(), PROPERTIES);
    SealedFile sealed = file.seal(footer, group -> true).orElseThrow();
    FileMetadata.Builder deletes =
        FileMetadata.deleteFileBuilder(spec)
            .ofPositionDeletes()
            .withPath(sealed.path())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(sealed.length())
            .withMetrics(sealed.metrics())
            .withSplitOffsets(sealed.splitOffsets());
    if (spec.isPartitioned()) {
      deletes.withPartition(partition);
    }
    return severalPaths ? deletes.build() : deletes.withReferencedDataFile(lastPath).build();
  }

  @Override
  public void close() {
    try (encoder;
        paths;
        positions) {
      file.close();
    }
  }
}
