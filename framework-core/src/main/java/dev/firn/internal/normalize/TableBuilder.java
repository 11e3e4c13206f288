package dev.firn.internal.normalize;

import dev.firn.contract.ContractMode;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The rows of one table that one worker has gathered: the root's, or those of a list. */
final class TableBuilder implements AutoCloseable {
  private static final int FIRST_ROWS = 1024;

  private final @Nullable TableBuilder parent;
  private final RecordState state;
  private final BufferAllocator allocator;
  private final Map<String, ColumnBuilder> byPath = new LinkedHashMap<>();
  private final Map<String, ColumnBuilder> byName = new LinkedHashMap<>();
  private final List<TableBuilder> children = new ArrayList<>();

  /**
   * The source's path from the root: the list's path below its parent, each level behind {@code
   * []}.
   */
  final String path;

  /** Where keys and scalars of this table's rows begin. */
  final PathNode root;

  private TablePlan plan;
  private int rows;
  private int[] parentRows = new int[0];
  private int[] listIndexes = new int[0];
  private long place;
  private final long pathHash;

  /** What {@link Counts} counts for this table, by its kinds. */
  final long[] counted = new long[Counts.InTable.values().length];

  // What to go back to when the open row is dropped.
  private int openMark;
  private long openHash;

  TableBuilder(
      @Nullable TableBuilder parent,
      String path,
      TablePlan plan,
      RecordState state,
      BufferAllocator allocator) {
    this.parent = parent;
    this.path = path;
    this.plan = plan;
    this.state = state;
    this.allocator = allocator;
    this.root = new PathNode(new byte[0], null, this, "", 0);
    byte[] utf8 = path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    this.pathHash = RowHash.of(utf8, 0, utf8.length);
  }

  TableName name() {
    return plan.name();
  }

  TablePlan plan() {
    return plan;
  }

  RecordState state() {
    return state;
  }

  @Nullable TableBuilder parent() {
    return parent;
  }

  List<TableBuilder> children() {
    return children;
  }

  Collection<ColumnBuilder> columns() {
    return byPath.values();
  }

  int rows() {
    return rows;
  }

  /** For each row, the position of its parent's row. */
  int parentRow(int row) {
    return parentRows[row];
  }

  int listIndex(int row) {
    return listIndexes[row];
  }

  /** Where the open row stands within its record, for hashes. */
  long place() {
    return place;
  }

  /** Begins a row of the root. */
  int openRoot() {
    return rows++;
  }

  /** Begins a row for a list's element. */
  int open(int parentRow, int listIndex) {
    if (rows == parentRows.length) {
      int larger = Math.max(FIRST_ROWS, rows * 2);
      parentRows = Arrays.copyOf(parentRows, larger);
      listIndexes = Arrays.copyOf(listIndexes, larger);
    }
    parentRows[rows] = parentRow;
    listIndexes[rows] = listIndex;
    openMark = state.mark();
    openHash = state.hash;
    if (state.hashing) {
      place = RowHash.element(parent == null ? 0 : parent.place, pathHash, listIndex);
      state.hash += RowHash.mix(place);
    }
    return rows++;
  }

  /** Drops the open row of a list, with everything below it. */
  void dropOpenRow() {
    truncate(rows - 1);
    state.undo(openMark);
    state.hash = openHash;
  }

  /** Takes back all rows from {@code newRows} on, here and below. */
  void truncate(int newRows) {
    rows = newRows;
    for (ColumnBuilder column : byPath.values()) {
      column.truncate(newRows);
    }
    for (TableBuilder child : children) {
      int kept = child.rows;
      while (kept > 0 && child.parentRows[kept - 1] >= newRows) {
        kept--;
      }
      if (kept < child.rows) {
        child.truncate(kept);
      }
    }
  }

  /** The column for a source path; a known column is shared by all its spellings. */
  ColumnBuilder column(String sourcePath) {
    ColumnBuilder column = byPath.get(sourcePath);
    if (column != null) {
      return column;
    }
    ColumnPlan columnPlan = plan.column(sourcePath);
    ColumnBuilder shared = columnPlan.known() ? byName.get(columnPlan.name()) : null;
    if (shared != null) {
      shared.aliases.add(sourcePath);
      return shared;
    }
    return add(sourcePath, columnPlan);
  }

  /** The column beside another for values that do not fit. */
  ColumnBuilder companion(ColumnBuilder column, Companion companion) {
    String name = companion.nameFor(column.plan().name());
    ColumnBuilder present = byPath.get(name);
    if (present == null) {
      return add(name, plan.companion(name, companion));
    } else if (present.plan().kind() != ColumnPlan.Kind.COMPANION) {
      throw LoadSchema.companionMeets(name, plan.name());
    }
    return present;
  }

  /** The column beside another that took a row's value, for messages. */
  Optional<ColumnBuilder> companionWith(ColumnBuilder column, int row) {
    String names = Companion.namesBeside(column.plan().name());
    return byPath.values().stream()
        .filter(each -> each.plan().kind() == ColumnPlan.Kind.COMPANION)
        .filter(each -> each.path.startsWith(names) && each.has(row))
        .findFirst();
  }

  private ColumnBuilder add(String sourcePath, ColumnPlan columnPlan) {
    if (byPath.size() >= plan.maxColumns() && filled() >= plan.maxColumns()) {
      throw plan.tooManyColumns();
    }
    ColumnBuilder column = new ColumnBuilder(this, sourcePath, columnPlan, allocator);
    byPath.put(sourcePath, column);
    byName.putIfAbsent(columnPlan.name(), column);
    return column;
  }

  /** Columns with values; those that only rejected records brought have none. */
  private long filled() {
    return byPath.values().stream().filter(column -> column.nonNull() > 0).count();
  }

  /** The column of this name, when it has values. */
  @Nullable ColumnBuilder named(String columnName) {
    return byName.get(columnName);
  }

  /** The table that the list at a path below here fills. */
  TableBuilder childTable(String listPath) {
    String above = path.isEmpty() ? "" : path + ".";
    String childPath = above + listPath.replace("]", "\\]") + "[]";
    TablePlan childPlan = plan.child(childPath, listPath);
    TableBuilder child = new TableBuilder(this, childPath, childPlan, state, allocator);
    children.add(child);
    return child;
  }

  /** What the contract says to rows of this table. */
  ContractMode arrival() {
    return plan.arrival();
  }

  /** Bytes gathered, here and below. */
  long bytes() {
    long sum = 8L * rows;
    for (ColumnBuilder column : byPath.values()) {
      ColumnBuffer buffer = column.buffer();
      sum += buffer == null ? 0 : buffer.bytes();
    }
    for (TableBuilder child : children) {
      sum += child.bytes();
    }
    return sum;
  }

  /** Empties the table and takes up another plan, here and below. */
  void reset(LoadPlan load) {
    rows = 0;
    plan = load.table(path, plan);
    byName.clear();
    for (ColumnBuilder column : byPath.values()) {
      ColumnPlan next = plan.again(column);
      column.replan(next);
      byName.putIfAbsent(next.name(), column);
    }
    for (TableBuilder child : children) {
      child.reset(load);
    }
  }

  @Override
  public void close() {
    byPath.values().forEach(ColumnBuilder::close);
    children.forEach(TableBuilder::close);
  }
}
