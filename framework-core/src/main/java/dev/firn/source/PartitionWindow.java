package dev.firn.source;

import java.time.Instant;

/**
 * The stretch of time that one reading of a partitioned resource brings.
 *
 * @param key its name, such as {@code 2024-10-15}
 * @param end the first moment after it
 */
public record PartitionWindow(String key, Instant start, Instant end) {
  @Override
  public String toString() {
    return key;
  }
}
