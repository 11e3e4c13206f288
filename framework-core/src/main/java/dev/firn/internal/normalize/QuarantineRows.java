package dev.firn.internal.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firn.batch.Batch;
import dev.firn.load.LoadId;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * The rows of the quarantine table that one worker has gathered. A record's text is taken when its
 * split is read once more: those that are loaded cost nothing then.
 */
final class QuarantineRows implements AutoCloseable {
  private final TableName table;
  private final BufferAllocator allocator;
  private final LoadId loadId;
  private final String resource;
  private final Map<String, ColumnBuffer> columns = new LinkedHashMap<>();
  private int rows;

  QuarantineRows(TableName root, LoadId loadId, String resource, BufferAllocator allocator) {
    this.table = QuarantineTable.of(root);
    this.allocator = allocator;
    this.loadId = loadId;
    this.resource = resource;
    QuarantineTable.schema(root)
        .columns()
        .forEach(column -> columns.put(column.name(), new ColumnBuffer(allocator, column.type())));
  }

  int rows() {
    return rows;
  }

  /** Bytes gathered. */
  long bytes() {
    long sum = 0;
    if (rows > 0) {
      for (ColumnBuffer column : columns.values()) {
        sum += column.bytes();
      }
    }
    return sum;
  }

  /**
   * Adds the noted records of a split, which is read for it.
   *
   * @throws IllegalStateException when the split does not bring them again
   */
  void add(Split split, List<Aside.Note> notes) {
    if (notes.isEmpty()) {
      return;
    }
    PayloadSink sink =
        new PayloadSink(
            notes, (note, text, length, whole) -> add(split, note, text, length, whole));
    split.read(sink);
    if (sink.taken() < notes.size()) {
      throw new IllegalStateException(
          "Split " + split.ordinal() + " of " + split.group() + " brings other records now.");
    }
  }

  private void add(Split split, Aside.Note note, byte[] text, int length, boolean whole) {
    if (whole) {
      column(QuarantineTable.PAYLOAD).putBytes(rows, text, 0, length);
    } else {
      put(QuarantineTable.PAYLOAD, split.text(note.position()).orElse(""));
    }
    put(QuarantineTable.REASON, note.reason());
    put(QuarantineTable.RULE, whole ? note.rule() : QuarantineTable.UNREADABLE);
    note.column().ifPresent(name -> put(QuarantineTable.COLUMN, name));
    put(QuarantineTable.RESOURCE, resource);
    put(QuarantineTable.SOURCE, split.place(note.position()));
    long millis = loadId.time().toEpochMilli();
    column(QuarantineTable.TIME).putLong(rows, TimeUnit.MILLISECONDS.toMicros(millis));
    put(SystemColumns.LOAD_ID, loadId.value());
    rows++;
  }

  private void put(String column, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    column(column).putBytes(rows, utf8, 0, utf8.length);
  }

  private ColumnBuffer column(String name) {
    ColumnBuffer column = columns.get(name);
    if (column == null) {
      throw new IllegalStateException(name);
    }
    return column;
  }

  /** Takes back all rows from {@code newRows} on. */
  void truncate(int newRows) {
    rows = newRows;
    columns.values().forEach(column -> column.truncate(newRows));
  }

  /** The rows as a batch that shares this memory; close it before the next row. */
  Batch batch() {
    List<FieldVector> vectors = new ArrayList<>();
    columns.forEach((name, column) -> vectors.add(column.vector(name, rows, allocator)));
    return new Batch(table, vectors, rows);
  }

  void reset() {
    rows = 0;
    columns.values().forEach(column -> column.reset(column.type()));
  }

  @Override
  public void close() {
    columns.values().forEach(ColumnBuffer::close);
  }
}
