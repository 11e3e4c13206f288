package dev.firn.internal.normalize;

import dev.firn.batch.Batch;
import dev.firn.batch.BatchSet;
import dev.firn.batch.BatchSet.ChildBatch;
import dev.firn.batch.BatchSet.Run;
import dev.firn.batch.KeyHash;
import dev.firn.load.LoadId;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.SystemColumns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Makes a set of batches from the rows that a worker has gathered, with the system columns: load
 * id, row ids, links to parents, row hash. The batches share the builders' memory: close them
 * before the builders are used again.
 */
final class SetBuilder {
  private final BufferAllocator allocator;
  private final byte[] loadId;
  private final List<String> key;
  private final Optional<Versions> versions;
  private final List<ColumnBuffer> temporary = new ArrayList<>();
  private final List<FieldVector> made = new ArrayList<>();

  SetBuilder(
      BufferAllocator allocator, LoadId loadId, List<String> key, Optional<Versions> versions) {
    this.allocator = allocator;
    this.loadId = loadId.value().getBytes(StandardCharsets.US_ASCII);
    this.key = key;
    this.versions = versions;
  }

  /**
   * The set; its memory beside the builders' is freed by {@link #release}, also after a failure.
   */
  BatchSet build(
      long id, TableBuilder root, List<Run> runs, RowHashes hashes, QuarantineRows aside) {
    made.clear();
    try {
      BatchSet set = set(id, root, runs, hashes);
      return aside.rows() == 0
          ? set
          : new BatchSet(id, runs, set.root(), set.children(), Optional.of(aside.batch()));
    } catch (RuntimeException e) {
      made.forEach(FieldVector::close);
      throw e;
    }
  }

  private BatchSet set(long id, TableBuilder root, List<Run> runs, RowHashes hashes) {
    if (root.rows() == 0) {
      return new BatchSet(id, runs, new Batch(root.name(), List.of(), 0), List.of());
    }
    List<FieldVector> vectors = dataVectors(root);
    vectors.add(loadIds(root.rows()));
    RowIds ids = null;
    if (needsIds(root)) {
      boolean ordinal = key.isEmpty() && versions.isEmpty();
      ids = ordinal ? ordinals(runs) : keyIds(root, vectors, hashes);
      vectors.add(vector(SystemColumns.ID, ids, root.rows(), null));
    }
    if (versions.isPresent()) {
      vectors.addAll(validity(versions.get(), root.rows()));
    }
    if (hashes.recorded()) {
      vectors.add(hashes(hashes, root.rows()));
    }
    List<ChildBatch> children = new ArrayList<>();
    for (TableBuilder child : root.children()) {
      addChildren(child, ids, ids, children);
    }
    return new BatchSet(id, runs, new Batch(root.name(), vectors, root.rows()), children);
  }

  /** Frees what {@link #build} made. */
  void release() {
    temporary.forEach(ColumnBuffer::close);
    temporary.clear();
  }

  static boolean needsIds(TableBuilder table) {
    return table.plan().withIds() || table.children().stream().anyMatch(child -> child.rows() > 0);
  }

  private void addChildren(
      TableBuilder table,
      @Nullable RowIds parentIds,
      @Nullable RowIds rootIds,
      List<ChildBatch> into) {
    if (table.rows() == 0 || parentIds == null || rootIds == null) {
      return;
    }
    List<FieldVector> vectors = dataVectors(table);
    RowIds ids = null;
    if (needsIds(table)) {
      ids = childIds(table, parentIds);
      vectors.add(vector(SystemColumns.ID, ids, table.rows(), null));
    }
    vectors.add(vector(SystemColumns.PARENT_ID, parentIds, table.rows(), table::parentRow));
    vectors.add(listIndexes(table));
    int[] rootRows = rootRows(table);
    TableBuilder parent = table.parent();
    if (parent != null && parent.parent() != null) {
      vectors.add(vector(SystemColumns.ROOT_ID, rootIds, table.rows(), row -> rootRows[row]));
    }
    into.add(new ChildBatch(new Batch(table.name(), vectors, table.rows()), rootRows));
    for (TableBuilder child : table.children()) {
      addChildren(child, ids, rootIds, into);
    }
  }

  private List<FieldVector> dataVectors(TableBuilder table) {
    List<FieldVector> vectors = new ArrayList<>();
    for (ColumnBuilder column : table.columns()) {
      ColumnBuffer buffer = column.buffer();
      if (buffer != null && buffer.nonNull() > 0) {
        vectors.add(vector(buffer, column.plan().name(), table.rows()));
      }
    }
    return vectors;
  }

  private FieldVector vector(ColumnBuffer buffer, String name, int rows) {
    FieldVector vector = buffer.vector(name, rows, allocator);
    made.add(vector);
    return vector;
  }

  private ColumnBuffer buffer(Simple type) {
    ColumnBuffer buffer = new ColumnBuffer(allocator, type);
    temporary.add(buffer);
    return buffer;
  }

  private FieldVector loadIds(int rows) {
    ColumnBuffer buffer = buffer(Simple.STRING);
    for (int row = 0; row < rows; row++) {
      buffer.putBytes(row, loadId, 0, loadId.length);
    }
    return vector(buffer, SystemColumns.LOAD_ID, rows);
  }

  /** The end is left out while it is null. */
  private List<FieldVector> validity(Versions held, int rows) {
    List<FieldVector> columns = new ArrayList<>();
    columns.add(times(held.from(), held.boundaryMicros(), rows));
    held.activeMicros().ifPresent(end -> columns.add(times(held.to(), end, rows)));
    return columns;
  }

  private FieldVector times(String name, long micros, int rows) {
    ColumnBuffer buffer = buffer(Simple.TIMESTAMP);
    for (int row = 0; row < rows; row++) {
      buffer.putLong(row, micros);
    }
    return vector(buffer, name, rows);
  }

  private FieldVector hashes(RowHashes hashes, int rows) {
    ColumnBuffer buffer = buffer(Simple.LONG);
    for (int row = 0; row < rows; row++) {
      buffer.putLong(row, hashes.at(row));
    }
    return vector(buffer, SystemColumns.ROW_HASH, rows);
  }

  private FieldVector listIndexes(TableBuilder table) {
    ColumnBuffer buffer = buffer(Simple.LONG);
    for (int row = 0; row < table.rows(); row++) {
      buffer.putLong(row, table.listIndex(row));
    }
    return vector(buffer, SystemColumns.LIST_INDEX, table.rows());
  }

  /** Which id stands in a row. */
  private interface Choice {
    int at(int row);
  }

  private FieldVector vector(String name, RowIds ids, int rows, @Nullable Choice choice) {
    ColumnBuffer buffer = buffer(Simple.STRING);
    for (int row = 0; row < rows; row++) {
      int id = choice == null ? row : choice.at(row);
      buffer.putBytes(row, ids.text(), ids.from(id), ids.to(id));
    }
    return vector(buffer, name, rows);
  }

  /**
   * Without a key that is there once, a root's id is load id, split and row: the same however the
   * load is spread over threads.
   */
  private RowIds ordinals(List<Run> runs) {
    RowIds ids = new RowIds();
    RowIds prefix = new RowIds();
    for (Run run : runs) {
      prefix.clear();
      prefix.add(loadId, 0, loadId.length, '-', run.split());
      for (int i = 0; i < run.rows(); i++) {
        ids.add(prefix.text(), 0, prefix.to(0), '-', run.firstRow() + i);
      }
    }
    return ids;
  }

  private RowIds keyIds(TableBuilder root, List<FieldVector> vectors, RowHashes hashes) {
    List<FieldVector> keyVectors = new ArrayList<>();
    for (String column : key) {
      vectors.stream().filter(v -> v.getName().equals(column)).forEach(keyVectors::add);
    }
    KeyHash hash = new KeyHash(root.name());
    RowIds ids = new RowIds();
    for (int row = 0; row < root.rows(); row++) {
      hash.begin();
      for (FieldVector vector : keyVectors) {
        hash.add(vector, row);
      }
      if (versions.isPresent()) {
        hash.addLong(hashes.at(row));
        hash.addLong(versions.get().boundaryMicros());
      }
      ids.add(hash);
    }
    return ids;
  }

  private static RowIds childIds(TableBuilder table, RowIds parentIds) {
    RowIds ids = new RowIds();
    for (int row = 0; row < table.rows(); row++) {
      int parent = table.parentRow(row);
      ids.add(
          parentIds.text(),
          parentIds.from(parent),
          parentIds.to(parent),
          '.',
          table.listIndex(row));
    }
    return ids;
  }

  private static int[] rootRows(TableBuilder table) {
    int[] rows = new int[table.rows()];
    for (int row = 0; row < rows.length; row++) {
      int at = row;
      for (TableBuilder t = table; t != null && t.parent() != null; t = t.parent()) {
        at = t.parentRow(at);
      }
      rows[row] = at;
    }
    return rows;
  }
}
