package dev.firn.iceberg.internal.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one chunk of a flat column, page by page: plain and dictionary pages many values at a
 * time, pages of rarer encodings value by value.
 */
final class ChunkPages {
  private final ColumnDescriptor column;
  private final PageReader pages;
  private final ColumnDecoder decoder;
  private final boolean optional;
  private @Nullable ColumnDecoder entries;
  private int[] levels = new int[0];
  private int[] indexes = new int[0];
  private boolean complete;
  private PageValues values = (row, count) -> {};
  private int pageRows;
  private int taken;

  /** The next values of a page that are there. */
  @FunctionalInterface
  private interface PageValues {
    /** Takes the next {@code count} of them as those of a batch's rows from {@code row} on. */
    void take(int row, int count);
  }

  ChunkPages(ColumnDescriptor column, PageReader pages, ColumnDecoder decoder) {
    this.column = column;
    this.pages = pages;
    this.decoder = decoder;
    optional = column.getMaxDefinitionLevel() > 0;
  }

  /** Fills the decoder's column with the next rows. */
  void fill(int rows) {
    decoder.column().start(rows);
    int row = 0;
    while (row < rows) {
      if (taken == pageRows) {
        open(pages.readPage());
      }
      int count = Math.min(pageRows - taken, rows - row);
      if (complete) {
        values.take(row, count);
      } else {
        takeSome(row, count);
      }
      taken += count;
      row += count;
    }
  }

  private void takeSome(int row, int count) {
    int i = 0;
    while (i < count) {
      int run = 1;
      int level = levels[taken + i];
      while (i + run < count && levels[taken + i + run] == level) {
        run++;
      }
      if (level > 0) {
        values.take(row + i, run);
      } else {
        for (int end = i + run, at = i; at < end; at++) {
          decoder.skip(row + at);
        }
      }
      i += run;
    }
  }

  private void open(@Nullable DataPage page) {
    if (page == null) {
      throw new IllegalStateException("Column " + column + " ends before its row group does.");
    }
    pageRows = page.getValueCount();
    taken = 0;
    try {
      if (page instanceof DataPageV2 second) {
        readLevels(second);
        open(second.getDataEncoding(), buffer(second.getData()));
      } else {
        DataPageV1 first = (DataPageV1) page;
        ByteBuffer bytes = buffer(first.getBytes());
        readLevels(first.getDlEncoding(), bytes);
        open(first.getValueEncoding(), bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer buffer(BytesInput bytes) {
    return PageCodecs.bytes(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void readLevels(DataPageV2 page) {
    complete = !optional || page.getNullCount() == 0;
    if (!complete) {
      growLevels();
      HybridInts.decode(buffer(page.getDefinitionLevels()), 1, levels, pageRows);
    }
  }

  private void readLevels(Encoding encoding, ByteBuffer page) throws IOException {
    complete = !optional;
    if (complete) {
      return;
    }
    growLevels();
    if (encoding == Encoding.RLE) {
      int length = page.getInt();
      HybridInts.decode(page.slice(page.position(), length), 1, levels, pageRows);
      page.position(page.position() + length);
    } else {
      readOldLevels(encoding, page);
    }
    complete = present() == pageRows;
  }

  private void growLevels() {
    if (levels.length < pageRows) {
      levels = new int[pageRows];
    }
  }

  /** As writers of the first years encoded them. */
  private void readOldLevels(Encoding encoding, ByteBuffer page) throws IOException {
    ValuesReader reader = encoding.getValuesReader(column, ValuesType.DEFINITION_LEVEL);
    ByteBufferInputStream stream = ByteBufferInputStream.wrap(page.slice());
    reader.initFromPage(pageRows, stream);
    for (int i = 0; i < pageRows; i++) {
      levels[i] = reader.readInteger();
    }
    page.position(page.limit() - stream.available());
  }

  private void open(Encoding encoding, ByteBuffer bytes) throws IOException {
    if (encoding.usesDictionary()) {
      openCoded(bytes);
    } else if (encoding == Encoding.PLAIN && decoder.takesPlain()) {
      openPlain(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    } else {
      ValuesReader reader = encoding.getValuesReader(column, ValuesType.VALUES);
      reader.initFromPage(pageRows, ByteBufferInputStream.wrap(bytes));
      values = (row, count) -> takeSingly(reader, row, count);
    }
  }

  private void takeSingly(ValuesReader reader, int row, int count) {
    for (int i = row; i < row + count; i++) {
      decoder.take(reader, i);
    }
  }

  private void openPlain(ByteBuffer bytes) {
    values =
        new PageValues() {
          private int next;

          @Override
          public void take(int row, int count) {
            decoder.takePlain(bytes, next, row, count);
            next += count;
          }
        };
  }

  private void openCoded(ByteBuffer bytes) throws IOException {
    ColumnDecoder known = entries();
    int present = present();
    if (indexes.length < present) {
      indexes = new int[present];
    }
    if (present > 0) {
      HybridInts.decode(bytes, bytes.get(), indexes, present);
    }
    values =
        new PageValues() {
          private int next;

          @Override
          public void take(int row, int count) {
            decoder.takeEntries(known, indexes, next, row, count);
            next += count;
          }
        };
  }

  private int present() {
    if (complete) {
      return pageRows;
    }
    int present = 0;
    for (int i = 0; i < pageRows; i++) {
      present += levels[i];
    }
    return present;
  }

  private ColumnDecoder entries() throws IOException {
    if (entries == null) {
      DictionaryPage page = pages.readDictionaryPage();
      if (page == null) {
        throw new IllegalStateException("Column " + column + " lacks its dictionary.");
      }
      entries = decoder.again();
      int size = page.getDictionarySize();
      entries.column().start(size);
      ValuesReader reader = Encoding.PLAIN.getValuesReader(column, ValuesType.VALUES);
      reader.initFromPage(size, ByteBufferInputStream.wrap(buffer(page.getBytes())));
      for (int i = 0; i < size; i++) {
        entries.take(reader, i);
      }
    }
    return entries;
  }
}
