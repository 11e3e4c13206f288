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
 */
public record CursorState(String column, DataType type, String value, List<Long> boundary) {
  public CursorState {
    boundary = List.copyOf(boundary);
  }
}
