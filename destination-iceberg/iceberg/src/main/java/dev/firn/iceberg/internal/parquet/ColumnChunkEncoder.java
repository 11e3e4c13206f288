package dev.firn.iceberg.internal.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Writes one column after the other into a row group's buffer: dictionary page, data pages of
 * version 1, each compressed on its own.
 */
final class ColumnChunkEncoder implements AutoCloseable {
  /** What parquet-java keeps of a long string in a column index. */
  private static final int INDEX_BOUND_BYTES = 64;

  private final EncoderSettings settings;
  private final ZstdCompressCtx zstd;
  private final ParquetMetadataConverter headers = new ParquetMetadataConverter();
  private final ValuesByKind kinds = new ValuesByKind();
  private final Map<FileColumn, PrimitiveType> types = new HashMap<>();
  private final Presence presence = new Presence();
  private final PageBuffer plain = new PageBuffer(1 << 18);
  private final PageBuffer packed = new PageBuffer(1 << 18);

  ColumnChunkEncoder(EncoderSettings settings) {
    this.settings = settings;
    this.zstd = new ZstdCompressCtx().setLevel(settings.zstdLevel());
  }

  /** Appends the first rows of a vector to a row group. */
  EncodedColumn encode(FieldVector vector, int rows, PageBuffer group) {
    FileColumn column = FileColumn.of(vector.getField());
    presence.load(vector, rows);
    if (column.required() && !presence.complete()) {
      throw new IllegalArgumentException(
          "Column '"
              + column.name()
              + "' is required but "
              + (rows - presence.present())
              + " of "
              + rows
              + " rows are null.");
    }
    ColumnValues values = kinds.of(column.type());
    values.load(vector, presence);
    return new Chunk(column, false, values, group).encode();
  }

  /** Appends nulls for a column that a row group lacks. */
  EncodedColumn encodeAbsent(Field field, int rows, PageBuffer group) {
    FileColumn column = FileColumn.of(field);
    if (column.required()) {
      throw new IllegalArgumentException(
          "Column '" + column.name() + "' is required but the row group lacks it.");
    }
    presence.loadNone(rows);
    ColumnValues values = kinds.of(column.type());
    values.count = 0;
    return new Chunk(column, true, values, group).encode();
  }

  @Override
  public void close() {
    zstd.close();
  }

  /** One column of one row group while it is written. */
  private final class Chunk {
    private final FileColumn column;
    private final boolean absent;
    private final PrimitiveType type;
    private final ColumnValues values;
    private final PageBuffer group;
    private final boolean coded;
    private final int indexWidth;
    private final Statistics<?> total;
    private final ColumnIndexBuilder bounds;
    private final PageSizes pages = new PageSizes();
    private long plainBytes;

    Chunk(FileColumn column, boolean absent, ColumnValues values, PageBuffer group) {
      this.column = column;
      this.absent = absent;
      this.type = types.computeIfAbsent(column, FileColumn::parquetType);
      this.values = values;
      this.group = group;
      this.coded = values.count > 0 && values.code();
      this.indexWidth = coded ? IndexPacking.width(values.entries) : 0;
      this.total = Statistics.createStats(type);
      this.bounds = ColumnIndexBuilder.getBuilder(type, INDEX_BOUND_BYTES);
    }

    EncodedColumn encode() {
      int start = group.size();
      if (coded) {
        writeDictionaryPage();
      }
      int dictionaryBytes = group.size() - start;
      writeDataPages();
      long nans = values.nans();
      // A page of nothing but NaN has no bounds, and bounds without NaN would make "not equal" skip
      // it: no index then, as parquet-java does.
      return new EncodedColumn(
          column,
          absent,
          start,
          dictionaryBytes,
          pages,
          plainBytes,
          ChunkBounds.of(type, total),
          nans,
          nans > 0 ? Optional.empty() : Optional.ofNullable(bounds.build()),
          bloomFilter());
    }

    private void writeDictionaryPage() {
      plain.clear();
      values.putDictionary(plain);
      compress();
      int headerStart = group.size();
      try {
        headers.writeDictionaryPageHeader(
            plain.size(),
            packed.size(),
            values.entries,
            EncodedColumn.DICTIONARY,
            packed.checksum(),
            group);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      appendPage(headerStart);
    }

    private void writeDataPages() {
      int row = 0;
      int value = 0;
      while (row < presence.rows()) {
        int endRow = Math.min(presence.rows(), row + settings.pageRows());
        int endValue = value + presence.count(row, endRow);
        if (!coded) {
          int cut = values.cut(value, endValue, settings.pageBytes());
          if (cut < endValue) {
            endValue = cut;
            endRow = presence.complete() ? cut : presence.presentRows()[cut];
          }
        }
        writeDataPage(row, endRow, value, endValue);
        row = endRow;
        value = endValue;
      }
    }

    private void writeDataPage(int row, int endRow, int value, int endValue) {
      plain.clear();
      if (!column.required()) {
        presence.putLevels(plain, row, endRow);
      }
      if (coded) {
        IndexPacking.put(plain, values.indexes, value, endValue, indexWidth);
      } else {
        values.putPlain(plain, value, endValue);
      }
      compress();
      int headerStart = group.size();
      Encoding encoding = coded ? EncodedColumn.DICTIONARY : Encoding.PLAIN;
      try {
        headers.writeDataPageV1Header(
            plain.size(),
            packed.size(),
            endRow - row,
            Encoding.RLE,
            Encoding.RLE,
            encoding,
            packed.checksum(),
            group);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      appendPage(headerStart);
      pages.add(group.size() - headerStart, endRow - row);
      addStatistics(endRow - row, value, endValue);
    }

    private void appendPage(int headerStart) {
      plainBytes += group.size() - headerStart + (long) plain.size();
      group.write(packed.array(), 0, packed.size());
    }

    private void addStatistics(int rows, int value, int endValue) {
      Statistics<?> page = Statistics.createStats(type);
      page.incrementNumNulls(rows - (endValue - value));
      if (coded) {
        values.boundCoded(page, value, endValue);
      } else {
        values.bound(page, value, endValue);
      }
      total.mergeStatistics(page);
      bounds.add(page);
    }

    private Optional<BloomFilter> bloomFilter() {
      if (absent
          || !settings.bloomColumns().contains(column.name())
          || type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BOOLEAN) {
        return Optional.empty();
      }
      BloomFilter filter = BloomFilters.sizedFor(coded ? values.entries : values.count);
      values.fill(filter, coded);
      return Optional.of(filter);
    }
  }

  private void compress() {
    packed.clear();
    packed.ensure(Zstd.compressBound(plain.size()));
    packed.advance(
        zstd.compressByteArray(
            packed.array(), 0, packed.array().length, plain.array(), 0, plain.size()));
  }
}
