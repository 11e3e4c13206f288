package dev.firn.iceberg.internal.parquet;

import dev.firn.error.FirnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads chosen flat columns of a Parquet file, batch by batch, with the position of each row: what
 * a merge asks of keys. Any writer's file will do. Columns are found by field id, in files without
 * ids by name; one that the file lacks is null in every row. Holds the chosen columns of one row
 * group, compressed, and one batch. Belongs to one thread.
 */
public final class ColumnScan implements AutoCloseable {
  /** Most rows of a batch. */
  public static final int BATCH_ROWS = 1 << 16;

  private static final int FIRST_ROWS = 1 << 12;
  private static final long BATCH_BYTES = 16L << 20;

  private final String path;
  private final ParquetFileReader file;
  private final RowGroupFilter wanted;
  private final List<ColumnDecoder> decoders;
  private final List<Optional<Type>> fileColumns = new ArrayList<>();
  private final MessageType projection;
  private final List<Optional<ChunkPages>> chunks = new ArrayList<>();
  private int nextGroup;
  private long nextGroupRow;
  private long rowsLeft;
  private long firstRow;
  private int rows;
  private int mostRows = FIRST_ROWS;

  private ColumnScan(
      String path,
      ParquetFileReader file,
      Schema columns,
      List<ColumnDecoder> decoders,
      RowGroupFilter wanted) {
    this.path = path;
    this.file = file;
    this.wanted = wanted;
    this.decoders = decoders;
    MessageType schema = file.getFileMetaData().getSchema();
    boolean hasIds = ParquetSchemaUtil.hasIds(schema);
    for (Types.NestedField column : columns.columns()) {
      fileColumns.add(find(schema, column, hasIds));
    }
    for (int i = 0; i < decoders.size(); i++) {
      ColumnDecoder decoder = decoders.get(i);
      fileColumns.get(i).ifPresent(field -> decoder.readAs(field.asPrimitiveType()));
    }
    projection =
        new MessageType(
            schema.getName(), fileColumns.stream().flatMap(Optional::stream).distinct().toList());
    file.setRequestedSchema(projection);
  }

  /**
   * Opens a scan of all rows.
   *
   * @param columns flat columns of the table, in the order in which {@link #column} numbers them
   * @throws IllegalArgumentException if a column is of a type that cannot be scanned
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} if the file cannot be read
   */
  public static ColumnScan open(InputFile file, Schema columns) {
    return open(file, columns, group -> true);
  }

  /**
   * Opens a scan that passes over row groups, by their statistics for instance; positions still
   * count all rows of the file.
   *
   * @throws IllegalArgumentException if a column is of a type that cannot be scanned
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} if the file cannot be read
   */
  public static ColumnScan open(InputFile file, Schema columns, Predicate<BlockMetaData> wanted) {
    return open(file, columns, (group, filters) -> wanted.test(group));
  }

  /**
   * As the other one, with a look into bloom filters.
   *
   * @throws IllegalArgumentException if a column is of a type that cannot be scanned
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} if the file cannot be read
   */
  public static ColumnScan open(InputFile file, Schema columns, RowGroupFilter wanted) {
    List<ColumnDecoder> decoders = columns.columns().stream().map(ColumnDecoder::of).toList();
    return new ColumnScan(file.location(), openReader(file), columns, decoders, wanted);
  }

  private static ParquetFileReader openReader(InputFile file) {
    try {
      ParquetReadOptions.Builder options =
          ParquetReadOptions.builder(new PlainParquetConfiguration());
      options.withCodecFactory(new PageCodecs(options.build().getCodecFactory()));
      return ParquetFileReader.open(new ParquetInput(file), options.build());
    } catch (IOException | RuntimeException e) {
      throw StorageFailure.of("read", file.location(), e);
    }
  }

  private static Optional<Type> find(MessageType schema, Types.NestedField column, boolean hasIds) {
    return schema.getFields().stream()
        .filter(Type::isPrimitive)
        .filter(
            field ->
                hasIds
                    ? field.getId() != null && field.getId().intValue() == column.fieldId()
                    : field.getName().equals(column.name()))
        .findFirst();
  }

  /**
   * Reads the next batch: consecutive rows of one row group.
   *
   * @return false at the end of the file
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} if the file cannot be read
   */
  public boolean next() {
    try {
      firstRow += rows;
      rows = 0;
      if (rowsLeft == 0 && !openNextGroup()) {
        return false;
      }
      rows = (int) Math.min(rowsLeft, mostRows);
      rowsLeft -= rows;
      long bytes = 0;
      for (int i = 0; i < decoders.size(); i++) {
        fill(decoders.get(i), chunks.get(i));
        bytes += decoders.get(i).column().bytes(rows);
      }
      // long texts make for short batches: the last one tells what to expect
      mostRows = (int) Math.max(1, Math.min(BATCH_ROWS, BATCH_BYTES * rows / Math.max(1, bytes)));
      return true;
    } catch (IOException | RuntimeException e) {
      throw StorageFailure.of("read", path, e);
    }
  }

  private void fill(ColumnDecoder decoder, Optional<ChunkPages> chunk) {
    if (chunk.isPresent()) {
      chunk.get().fill(rows);
    } else {
      decoder.fillAbsent(rows);
    }
  }

  private boolean openNextGroup() throws IOException {
    List<BlockMetaData> groups = file.getRowGroups();
    while (nextGroup < groups.size()) {
      BlockMetaData group = groups.get(nextGroup++);
      firstRow = nextGroupRow;
      nextGroupRow += group.getRowCount();
      if (group.getRowCount() > 0 && wanted.wants(group, this::bloomFilter)) {
        rowsLeft = group.getRowCount();
        openChunks(nextGroup - 1);
        return true;
      }
    }
    return false;
  }

  private Optional<BloomFilter> bloomFilter(ColumnChunkMetaData chunk) {
    try {
      return chunk.getBloomFilterOffset() < 0
          ? Optional.empty()
          : Optional.ofNullable(file.readBloomFilter(chunk));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void openChunks(int group) throws IOException {
    chunks.clear();
    if (projection.getFieldCount() == 0) {
      fileColumns.forEach(absent -> chunks.add(Optional.empty()));
      return;
    }
    PageReadStore pages = file.readRowGroup(group);
    for (int i = 0; i < decoders.size(); i++) {
      ColumnDecoder decoder = decoders.get(i);
      chunks.add(fileColumns.get(i).map(type -> chunk(pages, type, decoder)));
    }
  }

  private ChunkPages chunk(PageReadStore pages, Type type, ColumnDecoder decoder) {
    ColumnDescriptor column = projection.getColumnDescription(new String[] {type.getName()});
    return new ChunkPages(column, pages.getPageReader(column), decoder);
  }

  /** Position in the file of the batch's first row. */
  public long firstRow() {
    return firstRow;
  }

  /** Rows of the batch. */
  public int rows() {
    return rows;
  }

  /** A column of the batch, numbered as in the schema that the scan was opened with. */
  public ScannedColumn column(int index) {
    return decoders.get(index).column();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw StorageFailure.of("close", path, e);
    }
  }
}
