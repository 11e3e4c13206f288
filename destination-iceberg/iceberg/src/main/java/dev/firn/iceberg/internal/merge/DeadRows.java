package dev.firn.iceberg.internal.merge;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.CloseableIterable;
import org.roaringbitmap.RoaringBitmap;

/** The rows of a base snapshot's files that earlier commits deleted, by whatever kind of delete. */
final class DeadRows {
  private final Table table;
  private final BaseDeleteLoader loader;
  private final Map<String, LongPredicate> byFile = new ConcurrentHashMap<>();

  DeadRows(Table table) {
    this.table = table;
    loader = new CachingLoader(table);
  }

  /** The schema of the base. */
  Schema schema() {
    return table.schema();
  }

  /** The dead positions of one file; read once, however many passes ask. */
  LongPredicate of(TargetFile file) {
    String location = file.task().file().location();
    LongPredicate known = byFile.get(location);
    if (known == null) {
      known = read(file);
      byFile.put(location, known);
    }
    return known;
  }

  private LongPredicate read(TargetFile file) {
    List<DeleteFile> deletes = file.task().deletes();
    if (deletes.isEmpty()) {
      return position -> false;
    }
    if (deletes.stream().anyMatch(each -> each.content() == FileContent.EQUALITY_DELETES)) {
      RoaringBitmap live = live(file);
      return position -> !live.contains(Positions.bit(position));
    }
    PositionDeleteIndex index = loader.loadPositionDeletes(deletes, file.task().file().location());
    return index::isDeleted;
  }

  /** Equality deletes name values: only reading the rows tells which of them are left. */
  private RoaringBitmap live(TargetFile file) {
    FileScanTask task = file.task();
    Schema position = new Schema(MetadataColumns.ROW_POSITION);
    GenericDeleteFilter filter =
        new GenericDeleteFilter(table.io(), task, table.schema(), position);
    RoaringBitmap live = new RoaringBitmap();
    String name = MetadataColumns.ROW_POSITION.name();
    try (CloseableIterable<Record> rows =
        filter.filter(RecordReader.records(file.source(), filter.requiredSchema()))) {
      rows.forEach(row -> live.add(Positions.bit((Long) row.getField(name))));
    } catch (IOException e) {
      throw RecordReader.unreadable(file.source(), e);
    }
    return live;
  }

  /**
   * Reads a delete file that covers many data files only once. Several delete files load at once.
   */
  private static final class CachingLoader extends BaseDeleteLoader {
    private static final long MOST_BYTES = 8L << 20;

    private final Map<String, Object> loaded = new ConcurrentHashMap<>();

    CachingLoader(Table table) {
      super(delete -> table.io().newInputFile(delete.location()));
    }

    @Override
    protected boolean canCache(long size) {
      return size < MOST_BYTES;
    }

    @Override
    @SuppressWarnings("unchecked") // one key is asked for with one type
    protected <V> V getOrLoad(String key, Supplier<V> value, long size) {
      return (V) loaded.computeIfAbsent(key, any -> value.get());
    }
  }
}
