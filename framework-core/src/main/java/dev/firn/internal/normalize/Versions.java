package dev.firn.internal.normalize;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.load.Validity;
import dev.firn.schema.Column;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * The columns that say when a root's versions hold.
 *
 * @param boundaryMicros when those of the load begin, since 1970, UTC
 * @param activeMicros their end while they hold; empty: null
 */
record Versions(String from, String to, long boundaryMicros, Optional<Long> activeMicros) {
  static Versions of(Validity validity, LoadId load) {
    Instant begin =
        validity.boundary().map(text -> OffsetDateTime.parse(text).toInstant()).orElse(load.time());
    return new Versions(
        validity.from(),
        validity.to(),
        micros(begin),
        validity.active().map(text -> micros(OffsetDateTime.parse(text).toInstant())));
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  /** The columns that versions have beside those of the input. */
  List<Column> columns() {
    return List.of(
        Column.of(from, Simple.TIMESTAMP),
        Column.of(to, Simple.TIMESTAMP),
        Column.of(SystemColumns.ROW_HASH, Simple.LONG));
  }

  /** Whether a row that is there is a version that holds no longer. */
  boolean closed(TableBuilder root, int row) {
    ColumnBuilder column = root.named(to);
    ColumnBuffer end = column == null ? null : column.buffer();
    if (end == null || !end.has(row)) {
      return false;
    }
    return activeMicros.isEmpty() || end.longAt(row) != activeMicros.get();
  }

  /** Refuses a column of the input that would meet one of these, or whose values lie beside one. */
  void requireOther(TableName table, String column) {
    for (String own : List.of(from, to)) {
      if (column.equals(own) || column.startsWith(Companion.namesBeside(own))) {
        throw new FirnException(
            ErrorCode.NAME_COLLISION,
            "Table %s: the source brings a column '%s', which says when versions hold."
                .formatted(table, own),
            "Set another valid-from or valid-to, or rename the field in the source.");
      }
    }
  }
}
