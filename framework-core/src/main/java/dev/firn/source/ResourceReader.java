package dev.firn.source;

import java.util.List;

/** Reads one resource. */
public interface ResourceReader {
  /** Whether the same request, made again in this process, brings the same splits and records. */
  boolean replayable();

  /** Begins a reading. */
  SplitStream open(ReadRequest request);

  /**
   * A few small splits, spread evenly over all input, for a first guess of types; none where
   * looking ahead is not possible. Records of a sample are not loaded.
   */
  default List<Split> samples(ReadRequest request) {
    return List.of();
  }
}
