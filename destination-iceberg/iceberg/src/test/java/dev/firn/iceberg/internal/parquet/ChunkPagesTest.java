package dev.firn.iceberg.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.iceberg.types.Types;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bitpacking.BitPackingValuesWriter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkPagesTest {
  private static final PrimitiveType OPTIONAL =
      new PrimitiveType(Repetition.OPTIONAL, PrimitiveTypeName.INT64, "n");
  private static final PrimitiveType REQUIRED =
      new PrimitiveType(Repetition.REQUIRED, PrimitiveTypeName.INT64, "n");

  @Test
  void aChunkMayGoOnInPlainPagesWhereItsDictionaryWasFull() throws IOException {
    Pages pages =
        new Pages(
            new DictionaryPage(longs(70, 80), 2, Encoding.PLAIN),
            page(3, BytesInput.from(new byte[] {1, 3, 0b010}), Encoding.RLE_DICTIONARY),
            page(2, longs(5, 6), Encoding.PLAIN));

    assertThat(read(REQUIRED, pages, 4, 1))
        .containsExactly(List.of(70L, 80L, 70L, 5L), List.of(6L));
  }

  @Test
  void levelsOfTheFirstWritersAreRead() throws IOException {
    BytesInput levels = oldLevels(1, 0, 0, 1, 1);
    Pages pages =
        new Pages(null, page(5, BytesInput.concat(levels, longs(1, 2, 3)), Encoding.PLAIN));

    assertThat(read(OPTIONAL, pages, 5)).containsExactly(Arrays.asList(1L, null, null, 2L, 3L));
  }

  @Test
  void indexesWithoutTheirDictionaryAreRefused() {
    Pages pages =
        new Pages(null, page(1, BytesInput.from(new byte[] {1, 2, 0}), Encoding.RLE_DICTIONARY));

    assertThatThrownBy(() -> read(REQUIRED, pages, 1)).hasMessageContaining("lacks its dictionary");
  }

  @Test
  void aChunkThatEndsTooEarlyIsRefused() throws IOException {
    Pages pages = new Pages(null, page(2, longs(5, 6), Encoding.PLAIN));

    assertThatThrownBy(() -> read(REQUIRED, pages, 3)).hasMessageContaining("ends before");
  }

  /** The rows of batches of some lengths. */
  private static List<List<@Nullable Long>> read(
      PrimitiveType type, PageReader pages, int... rows) {
    ColumnDecoder decoder =
        ColumnDecoder.of(Types.NestedField.optional(1, "n", Types.LongType.get()));
    decoder.readAs(type);
    int present = type.isRepetition(Repetition.REQUIRED) ? 0 : 1;
    ChunkPages chunk =
        new ChunkPages(new ColumnDescriptor(new String[] {"n"}, type, 0, present), pages, decoder);
    ScannedColumn.Longs column = (ScannedColumn.Longs) decoder.column();
    List<List<@Nullable Long>> batches = new ArrayList<>();
    for (int count : rows) {
      chunk.fill(count);
      List<@Nullable Long> batch = new ArrayList<>();
      for (int row = 0; row < count; row++) {
        batch.add(column.isNull(row) ? null : column.values()[row]);
      }
      batches.add(batch);
    }
    return batches;
  }

  private static DataPage page(int rows, BytesInput bytes, Encoding encoding) {
    return new DataPageV1(
        bytes,
        rows,
        (int) bytes.size(),
        Statistics.createStats(OPTIONAL),
        Encoding.BIT_PACKED,
        Encoding.BIT_PACKED,
        encoding);
  }

  private static BytesInput longs(long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return BytesInput.from(bytes.array());
  }

  private static BytesInput oldLevels(int... levels) throws IOException {
    try (BitPackingValuesWriter writer =
        new BitPackingValuesWriter(1, 64, 1 << 10, new HeapByteBufferAllocator())) {
      for (int level : levels) {
        writer.writeInteger(level);
      }
      return BytesInput.copy(writer.getBytes());
    }
  }

  /** A chunk in memory. */
  private static final class Pages implements PageReader {
    private final @Nullable DictionaryPage dictionary;
    private final Deque<DataPage> pages;

    Pages(@Nullable DictionaryPage dictionary, DataPage... pages) {
      this.dictionary = dictionary;
      this.pages = new ArrayDeque<>(List.of(pages));
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
      return dictionary;
    }

    @Override
    public long getTotalValueCount() {
      return pages.stream().mapToLong(DataPage::getValueCount).sum();
    }

    @Override
    public @Nullable DataPage readPage() {
      return pages.poll();
    }
  }
}
