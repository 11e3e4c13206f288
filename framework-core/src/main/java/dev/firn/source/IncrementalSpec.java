package dev.firn.source;

import dev.firn.schema.DataType;
import java.util.Optional;

/**
 * How a resource reads only what is new.
 *
 * @param cursor path of the cursor in a record, keys joined by {@code .}
 * @param type the cursor's type, where code declares it
 * @param initial where the first run starts, included
 * @param lag how far before the last value a run starts again: a duration such as {@code 5m} for
 *     times, a number for numbers
 */
public record IncrementalSpec(
    String cursor,
    Optional<DataType> type,
    Optional<String> initial,
    Optional<String> lag,
    OnMissing onMissing) {

  /** What to do with a record without a cursor value. */
  public enum OnMissing {
    FAIL,
    INCLUDE,
    EXCLUDE
  }

  /** From everything on, failing where the cursor is missing. */
  public static IncrementalSpec on(String cursor) {
    return new IncrementalSpec(
        cursor, Optional.empty(), Optional.empty(), Optional.empty(), OnMissing.FAIL);
  }
}
