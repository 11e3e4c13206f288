package dev.firn.iceberg.internal.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.Version;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.apache.parquet.schema.MessageType;

/**
 * Everything behind the last row group, in the order of parquet-java: column indexes, offset
 * indexes, bloom filters, file metadata.
 */
final class Footer {
  static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private static final int VERSION = 1;

  // Readers parse this form; one they cannot parse makes some of them distrust the statistics.
  private static final String CREATED_BY =
      "firn version 0.1.0 (build parquet-java " + Version.VERSION_NUMBER + ")";

  private final MessageType schema;
  private final List<AppendedRowGroup> groups;
  private final List<BlockMetaData> blocks = new ArrayList<>();
  private final PageBuffer bytes = new PageBuffer(1 << 16);
  private final long position;

  /** A footer that will lie at {@code position} of the file. */
  Footer(MessageType schema, List<AppendedRowGroup> groups, long position) {
    this.schema = schema;
    this.groups = groups;
    this.position = position;
    for (AppendedRowGroup group : groups) {
      blocks.add(block(group));
    }
  }

  /** Serializes the footer; call once. */
  ParquetMetadata write(Map<String, String> properties) throws IOException {
    ParquetMetadata metadata = writeIndexes(properties);
    writeMetadata(withoutShortened(metadata), bytes);
    return metadata;
  }

  private ParquetMetadata writeIndexes(Map<String, String> properties) throws IOException {
    writeColumnIndexes();
    writeOffsetIndexes();
    writeBloomFilters();
    return new ParquetMetadata(new FileMetaData(schema, properties, CREATED_BY), blocks);
  }

  /** Serializes only what lies before the metadata; call once. */
  org.apache.parquet.format.FileMetaData indexed() throws IOException {
    return withoutShortened(writeIndexes(Map.of()));
  }

  // A reader may take a bound for a value; parquet-java leaves long ones out too.
  private org.apache.parquet.format.FileMetaData withoutShortened(ParquetMetadata metadata) {
    org.apache.parquet.format.FileMetaData all =
        new ParquetMetadataConverter().toParquetMetadata(VERSION, metadata);
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < schema.getFieldCount(); i++) {
        EncodedColumn column = groups.get(g).columns().get(i);
        if (!column.bounds().exact()) {
          Statistics counts = new Statistics();
          counts.setNull_count(column.statistics().getNumNulls());
          all.getRow_groups().get(g).getColumns().get(i).getMeta_data().setStatistics(counts);
        }
      }
    }
    return all;
  }

  /** What {@link #write} made. */
  PageBuffer bytes() {
    return bytes;
  }

  /** Appends file metadata, its length and the closing magic. */
  static void writeMetadata(org.apache.parquet.format.FileMetaData metadata, PageBuffer out)
      throws IOException {
    int start = out.size();
    Util.writeFileMetaData(metadata, out);
    out.ensure(Integer.BYTES);
    out.putInt(out.size() - start);
    out.write(MAGIC);
  }

  private BlockMetaData block(AppendedRowGroup group) {
    BlockMetaData block = new BlockMetaData();
    long plainBytes = 0;
    for (int i = 0; i < group.columns().size(); i++) {
      EncodedColumn column = group.columns().get(i);
      ColumnChunkMetaData chunk = chunk(group, i);
      chunk.setRowGroupOrdinal(blocks.size());
      block.addColumn(chunk);
      plainBytes += column.plainBytes();
    }
    block.setRowCount(group.rows());
    block.setTotalByteSize(plainBytes);
    block.setOrdinal(blocks.size());
    return block;
  }

  private ColumnChunkMetaData chunk(AppendedRowGroup group, int i) {
    EncodedColumn column = group.columns().get(i);
    long start = group.start() + column.start();
    return ColumnChunkMetaData.get(
        ColumnPath.get(schema.getFieldName(i)),
        schema.getType(i).asPrimitiveType(),
        CompressionCodecName.ZSTD,
        column.encodingStats(),
        Set.of(Encoding.RLE, column.dataEncoding()),
        column.statistics(),
        start + column.dictionaryBytes(),
        column.coded() ? start : 0,
        group.rows(),
        column.bytes(),
        column.plainBytes());
  }

  private void writeColumnIndexes() throws IOException {
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < schema.getFieldCount(); i++) {
        EncodedColumn column = groups.get(g).columns().get(i);
        if (column.columnIndex().isPresent()) {
          long start = position + bytes.size();
          Util.writeColumnIndex(
              ParquetMetadataConverter.toParquetColumnIndex(
                  schema.getType(i).asPrimitiveType(), column.columnIndex().get()),
              bytes);
          blocks.get(g).getColumns().get(i).setColumnIndexReference(referenceFrom(start));
        }
      }
    }
  }

  private void writeOffsetIndexes() throws IOException {
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < schema.getFieldCount(); i++) {
        long start = position + bytes.size();
        Util.writeOffsetIndex(
            ParquetMetadataConverter.toParquetOffsetIndex(
                groups.get(g).columns().get(i).offsetIndex(groups.get(g).start())),
            bytes);
        blocks.get(g).getColumns().get(i).setOffsetIndexReference(referenceFrom(start));
      }
    }
  }

  private void writeBloomFilters() throws IOException {
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < schema.getFieldCount(); i++) {
        EncodedColumn column = groups.get(g).columns().get(i);
        if (column.bloomFilter().isPresent()) {
          writeBloomFilter(column.bloomFilter().get(), blocks.get(g).getColumns().get(i));
        }
      }
    }
  }

  private void writeBloomFilter(BloomFilter filter, ColumnChunkMetaData chunk) throws IOException {
    long start = position + bytes.size();
    Util.writeBloomFilterHeader(ParquetMetadataConverter.toBloomFilterHeader(filter), bytes);
    filter.writeTo(bytes);
    chunk.setBloomFilterOffset(start);
    chunk.setBloomFilterLength(referenceFrom(start).getLength());
  }

  private IndexReference referenceFrom(long start) {
    return new IndexReference(start, (int) (position + bytes.size() - start));
  }
}
