package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import dev.firn.schema.SystemColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.roaringbitmap.RoaringBitmap;

/**
 * The ids of the root rows that a merge replaces, as those rows hold them: of those whose children
 * are still to go.
 */
final class ReplacedRoots {
  private final Optional<Table> base;
  private final List<Replaced> replaced = new ArrayList<>();
  private final KeyHash hash;
  private final RowReader reader;
  private final Set<String> loads = new HashSet<>();
  private final KeyProbes probes = new KeyProbes();
  private final Set<String> since;
  private final long count;
  private boolean loadsKnown = true;

  /**
   * @param committed what the child tables in question are committed with, if they are
   */
  ReplacedRoots(
      MergeTable root, List<TargetFile> targets, Optional<Outcomes> committed, RowReader reader) {
    base = root.base();
    hash = new KeyHash(root.name());
    since = committed.map(with -> RecentLoads.since(with.rootSnapshot(), base)).orElse(Set.of());
    for (TargetFile each : targets) {
      RoaringBitmap settled = each.settled(committed);
      Positions rows =
          Positions.of(
              since.isEmpty() ? RoaringBitmap.andNot(each.deleted(), settled) : each.deleted());
      if (!rows.isEmpty()) {
        replaced.add(new Replaced(each, rows, settled));
      }
    }
    this.reader = reader;
    count = replaced.stream().mapToLong(each -> each.rows().count()).sum();
  }

  /**
   * Rows of a file.
   *
   * @param settled those whose children have gone, unless others wrote the row since
   */
  private record Replaced(TargetFile file, Positions rows, RoaringBitmap settled) {}

  /** How many rows are replaced at most; each has an id at most. */
  long count() {
    return count;
  }

  private boolean few() {
    return count <= KeyProbes.MOST;
  }

  /** The rows of child files that may belong to rows whose ids were read. */
  RowReader.Stretches children(Types.NestedField rootId) {
    return few() ? probes.within(rootId) : RowReader.Stretches.ALL;
  }

  /** Reads the ids whose hash is in a range; replaced rows without an id have no children. */
  IdSet ids(HashRange range) {
    IdSet ids = new IdSet();
    Optional<Schema> columns = base.flatMap(table -> columns(table.schema()));
    if (columns.isPresent()) {
      replaced.forEach(
          each ->
              reader.read(
                  each.file().source(),
                  columns.get(),
                  each.rows()::touches,
                  (first, read, rows) -> add(ids, range, each, first, read, rows)));
    }
    return ids;
  }

  private static Optional<Schema> columns(Schema schema) {
    Types.NestedField id = schema.asStruct().field(SystemColumns.ID);
    if (id == null || id.type().typeId() != Type.TypeID.STRING) {
      return Optional.empty();
    }
    Types.NestedField load = schema.asStruct().field(SystemColumns.LOAD_ID);
    boolean hasLoad = load != null && load.type().typeId() == Type.TypeID.STRING;
    return Optional.of(hasLoad ? new Schema(id, load) : new Schema(id));
  }

  private void add(
      IdSet ids, HashRange range, Replaced of, long first, List<ReadColumn> columns, int rows) {
    ReadColumn id = columns.get(0);
    loadsKnown &= columns.size() > 1;
    int lastLoad = -1;
    for (int i = 0; i < rows; i++) {
      if (of.rows().contains(first + i)
          && !id.isNull(i)
          && isToGo(of.settled(), first + i, columns, i)) {
        if (loadsKnown) {
          lastLoad = addLoad(columns.get(1), i, lastLoad);
        }
        hash.begin();
        id.addTo(hash, i);
        if (range.contains(hash.high())) {
          ids.add(hash);
          if (few()) {
            probes.add(id, i);
          }
        }
      }
    }
  }

  private boolean isToGo(RoaringBitmap settled, long position, List<ReadColumn> columns, int row) {
    if (settled.isEmpty() || !settled.contains((int) position)) {
      return true;
    }
    return columns.size() > 1
        && !columns.get(1).isNull(row)
        && since.contains(columns.get(1).text(row));
  }

  /** Notes a row's load unless it is that of an earlier row; returns the row to compare next. */
  private int addLoad(ReadColumn load, int row, int earlier) {
    if (load.isNull(row)) {
      loadsKnown = false;
    } else if (earlier < 0 || !sameBytes(load, row, earlier)) {
      loads.add(load.text(row));
      return row;
    }
    return earlier;
  }

  private static boolean sameBytes(ReadColumn column, int row, int other) {
    int[] offsets = column.offsets();
    return Arrays.equals(
        column.bytes(),
        offsets[row],
        offsets[row + 1],
        column.bytes(),
        offsets[other],
        offsets[other + 1]);
  }

  /**
   * Whether a load may have brought children of the rows whose ids were read.
   *
   * @param load as a file's name tells it
   */
  boolean mayHaveChildrenOf(String load) {
    return !loadsKnown || loads.contains(load);
  }
}
