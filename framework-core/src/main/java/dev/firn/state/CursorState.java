package dev.firn.state;

import dev.firn.schema.DataType;
import java.util.List;

/**
 * Where an incremental resource stands.
 *
 * @param type the cursor's type
 * @param value the last value: ISO-8601 for times, digits for numbers
 * @param boundary hashes of the records that carry exactly the last value, so that none is loaded
 *     twice
 * @param boundaryOmitted whether those records are too many to be listed; a load that finds them by
 *     their key does not need the list
 */
public record CursorState(
    String column, DataType type, String value, List<Long> boundary, boolean boundaryOmitted) {
  public CursorState {
    boundary = List.copyOf(boundary);
  }

  /** A state that lists all records of its last value. */
  public CursorState(String column, DataType type, String value, List<Long> boundary) {
    this(column, type, value, boundary, false);
  }
}
