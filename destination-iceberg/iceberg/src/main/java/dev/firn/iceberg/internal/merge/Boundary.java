package dev.firn.iceberg.internal.merge;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.Validity;
import dev.firn.schema.TableName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * When the versions of a load begin, and those that it closes end.
 *
 * @param micros since 1970, UTC
 * @param active what the end of a version is while it holds; empty: null
 */
record Boundary(TableName table, String from, String to, long micros, Optional<Long> active) {
  static Boundary of(TableName table, Validity validity) {
    return new Boundary(
        table,
        validity.from(),
        validity.to(),
        micros(validity.boundary().orElseThrow()),
        validity.active().map(Boundary::micros));
  }

  private static long micros(String text) {
    Instant time = OffsetDateTime.parse(text).toInstant();
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  TablePlan.Closing closing() {
    return new TablePlan.Closing(to, micros);
  }

  /** Whether a version with this end holds. */
  boolean holds(ReadColumn end, int row) {
    return end.isNull(row) || (active.isPresent() && active.get() == end.longs()[row]);
  }

  /**
   * Whether a file may hold versions that hold, or that ended after this boundary. Those that have
   * been closed lie together, so that history costs nothing.
   *
   * @param end the column of ends as the file's table has it
   */
  boolean concerns(DataFile file, Types.NestedField end) {
    Long nulls = of(file.nullValueCounts(), end);
    ByteBuffer least = of(file.lowerBounds(), end);
    ByteBuffer greatest = of(file.upperBounds(), end);
    if (nulls == null || nulls > 0 || least == null || greatest == null) {
      return true;
    }
    long last = Conversions.<Long>fromByteBuffer(end.type(), greatest);
    long first = Conversions.<Long>fromByteBuffer(end.type(), least);
    return last > micros || (active.isPresent() && first <= active.get() && active.get() <= last);
  }

  private static <V> @Nullable V of(@Nullable Map<Integer, V> metrics, Types.NestedField field) {
    return metrics == null ? null : metrics.get(field.fieldId());
  }

  /** Refuses to close a version that begins at the boundary or later. */
  void requireAfterStart(ReadColumn start, int row) {
    if (!start.isNull(row) && start.longs()[row] >= micros) {
      throw backwards("a version that is to be closed began at " + text(start.longs()[row]));
    }
  }

  /** Refuses to begin before a version ended. */
  void requireAfterEnd(ReadColumn end, int row) {
    if (end.longs()[row] > micros) {
      throw backwards("a version was closed at " + text(end.longs()[row]));
    }
  }

  private FirnException backwards(String what) {
    return new FirnException(
        ErrorCode.UNMERGEABLE,
        "Table %s: the load's boundary is %s, but %s.".formatted(table, text(micros), what),
        "Load in the order of time: set a later boundary-timestamp, or check the clock.");
  }

  private static String text(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
