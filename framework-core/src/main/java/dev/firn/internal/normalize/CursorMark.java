package dev.firn.internal.normalize;

import java.util.HashSet;
import java.util.Set;

/**
 * The greatest cursor value of some records.
 *
 * @param boundary hashes of the records that carry it
 */
public record CursorMark(CursorPoint point, Set<Long> boundary) {
  public CursorMark {
    boundary = Set.copyOf(boundary);
  }

  /** The mark of both together. */
  public CursorMark plus(CursorMark other) {
    int order = point.compareTo(other.point);
    if (order != 0) {
      return order > 0 ? this : other;
    }
    Set<Long> both = new HashSet<>(boundary);
    both.addAll(other.boundary);
    return new CursorMark(point, both);
  }
}
