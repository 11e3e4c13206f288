package dev.firn.internal.normalize;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.source.IncrementalSpec.OnMissing;
import dev.firn.source.RecordSink;
import dev.firn.source.ResourceSpec.OnNullKey;
import dev.firn.source.Split;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One worker's checks of whole records: no null in the key, inside the cursor's window, not loaded
 * before, as the contract says.
 */
final class RecordChecks implements RecordGate {
  private final List<String> key;
  private final OnNullKey onNullKey;
  private final Optional<CursorWindow> window;
  private final String cursorColumn;
  private final RowHashes hashes;
  private final ContractCheck contract;
  private Optional<CursorMark> mark = Optional.empty();

  private final List<String> uniqueBy;
  private final RangeProgress progress;

  // The last value of the split that is being read, and the records that carry it.
  private @Nullable CursorPoint last;
  private Set<Long> atLast = new HashSet<>();
  private boolean manyAtLast;

  /**
   * What is checked.
   *
   * @param key names of the key's columns
   * @param cursorColumn name of the cursor's column; of no meaning without a window
   * @param uniqueBy names of the columns that tell records of one cursor value apart
   */
  record Columns(List<String> key, String cursorColumn, List<String> uniqueBy) {}

  RecordChecks(
      Columns columns,
      OnNullKey onNullKey,
      Optional<CursorWindow> window,
      RangeProgress progress,
      RowHashes hashes,
      ContractCheck contract) {
    this.key = columns.key();
    this.cursorColumn = columns.cursorColumn();
    this.uniqueBy = columns.uniqueBy();
    this.progress = progress;
    this.onNullKey = onNullKey;
    this.window = window;
    this.hashes = hashes;
    this.contract = contract;
  }

  /** The last cursor value since {@link #reset}. */
  Optional<CursorMark> mark() {
    return mark;
  }

  /** What the rows since {@link #reset} made of their contract. */
  ContractTally tally() {
    return contract.tally();
  }

  /** Where events go on their way to a builder. */
  RecordSink before(RecordBuilder builder) {
    ValidatorChecks validators = contract.validators();
    return validators.isEmpty() ? builder : new JudgedRecords(builder, validators);
  }

  void close() {
    contract.validators().close();
  }

  /**
   * A set of the rows since {@link #reset} is written.
   *
   * @param root with these rows
   */
  void write(long set, TableBuilder root) {
    contract.write(set, root);
  }

  void beginSplit(Split split) {
    contract.beginSplit(split);
  }

  /** The split's records stay. */
  void endSplit() {
    contract.endSplit();
    CursorPoint point = last;
    if (point != null) {
      CursorMark own = new CursorMark(point, atLast, manyAtLast, window.orElseThrow().order());
      mark = Optional.of(mark.map(own::plus).orElse(own));
      forgetLast();
    }
  }

  /** The split's records go. */
  void takeBackSplit() {
    contract.takeBackSplit();
    forgetLast();
  }

  private void forgetLast() {
    last = null;
    atLast = new HashSet<>();
    manyAtLast = false;
  }

  void reset() {
    mark = Optional.empty();
    contract.reset();
    forgetLast();
  }

  @Override
  public boolean accept(TableBuilder root, int row, RecordState state) {
    boolean wanted = window.isEmpty() ? isGood(root, row, state) : inWindow(root, row, state);
    if (state.hashing && wanted) {
      hashes.put(row, state.hash); // of what the contract let through
    }
    return wanted;
  }

  private boolean isGood(TableBuilder root, int row, RecordState state) {
    return keyIsWhole(root, row, state) && contract.accept(root, row, state);
  }

  private boolean keyIsWhole(TableBuilder root, int row, RecordState state) {
    for (String column : key) {
      ColumnBuilder builder = root.named(column);
      boolean present = builder != null && (builder.has(row) || builder.clashed());
      if (!present && onNullKey == OnNullKey.DISCARD_ROW) {
        state.aside.leaveOut(
            state.position, "primary-key", Optional.of(column), "The key column is null.");
        return false;
      } else if (!present) {
        throw new FirnException(
            ErrorCode.BAD_KEY_VALUE,
            "Table %s: the key column '%s' is %s."
                .formatted(root.name(), column, misfit(root, builder, row).orElse("null")),
            "Fix the record, choose another primary-key, or set on-null-key: discard_row.");
      }
    }
    return true;
  }

  /** A column's type and the value of the row that it cannot hold, if that is why it has none. */
  private static Optional<String> misfit(
      TableBuilder root, @Nullable ColumnBuilder column, int row) {
    DataType type = column == null ? null : column.plan().type();
    if (column == null || type == null) {
      return Optional.empty();
    }
    return root.companionWith(column, row)
        .map(ColumnBuilder::buffer)
        .map(other -> type.word() + ", which cannot hold " + ColumnCheck.shown(other, row));
  }

  private boolean inWindow(TableBuilder root, int row, RecordState state) {
    CursorWindow bounds = window.orElseThrow();
    ColumnBuilder column = root.named(cursorColumn);
    ColumnBuffer buffer = column == null ? null : column.buffer();
    if (column != null && column.clashed()) {
      return keyIsWhole(root, row, state);
    } else if (buffer == null || !buffer.has(row)) {
      return withoutCursor(root, row, bounds, state) && isGood(root, row, state);
    }
    CursorPoint point = CursorPoint.of(buffer, row);
    CursorWindow.Side side = bounds.side(point);
    if (side != CursorWindow.Side.INSIDE) {
      progress.outside(bounds, side);
      state.counts.outOfWindow++;
      return false;
    }
    long hash = recordHash(root, row, state);
    long wholeHash = state.hash;
    if (bounds.atBoundary(point) && isListed(hash, wholeHash, bounds)) {
      state.counts.boundary++;
      return false;
    }
    boolean good = isGood(root, row, state);
    if (good) {
      note(point, hash, bounds);
    } else if (!contract.doubts(cursorColumn, bounds.spec().cursor(), root, row)) {
      note(point, wholeHash, bounds); // so that it is left out once, but not when it is corrected
    }
    return good;
  }

  /** A record that was loaded is known again by its hash, one that was left out by all it holds. */
  private static boolean isListed(long hash, long wholeHash, CursorWindow bounds) {
    return bounds.boundary().contains(hash) || bounds.boundary().contains(wholeHash);
  }

  private boolean withoutCursor(
      TableBuilder root, int row, CursorWindow bounds, RecordState state) {
    OnMissing policy = bounds.spec().onMissing();
    if (policy == OnMissing.FAIL) {
      throw new FirnException(
          ErrorCode.MISSING_CURSOR,
          "Table %s: %s.".formatted(root.name(), missingCursor(root, row, bounds.spec().cursor())),
          "Fix the record, or set incremental.on-missing to include or exclude.");
    }
    if (policy == OnMissing.EXCLUDE) {
      state.aside.leaveOut(
          state.position, "incremental", Optional.of(cursorColumn), "The cursor has no value.");
    }
    return policy == OnMissing.INCLUDE;
  }

  private String missingCursor(TableBuilder root, int row, String cursor) {
    return misfit(root, root.named(cursorColumn), row)
        .map(misfit -> "the cursor '%s' is %s".formatted(cursor, misfit))
        .orElse("a record has no value for the cursor '%s'".formatted(cursor));
  }

  private void note(CursorPoint point, long hash, CursorWindow bounds) {
    int order = last == null ? 1 : bounds.order().compare(point, last);
    if (order > 0) {
      last = point;
      atLast.clear();
      manyAtLast = false;
    }
    if (order >= 0 && !manyAtLast && bounds.keepsBoundary()) {
      atLast.add(hash);
      manyAtLast = atLast.size() > CursorMark.MOST;
    }
  }

  /**
   * What tells a record from others of the same cursor value: what the resource names, its key, or
   * all of it. A merge takes a changed record of a known key, so there it is all of it.
   */
  private long recordHash(TableBuilder root, int row, RecordState state) {
    boolean whole = uniqueBy.isEmpty() && (key.isEmpty() || hashes.recorded());
    if (whole) {
      return state.hash;
    }
    long hash = 0;
    for (String name : uniqueBy.isEmpty() ? key : uniqueBy) {
      ColumnBuilder column = root.named(name);
      ColumnBuffer buffer = column == null ? null : column.buffer();
      hash = RowHash.mix(hash + (buffer == null || !buffer.has(row) ? 0 : buffer.hashAt(row)));
    }
    return hash;
  }
}
