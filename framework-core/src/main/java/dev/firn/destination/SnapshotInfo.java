package dev.firn.destination;

import java.time.Instant;
import java.util.Map;

/** One commit of a table. */
public record SnapshotInfo(long id, Instant at, String operation, Map<String, String> summary) {
  public SnapshotInfo {
    summary = Map.copyOf(summary);
  }
}
