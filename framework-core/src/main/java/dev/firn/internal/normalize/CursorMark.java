package dev.firn.internal.normalize;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * The last cursor value of some records.
 *
 * @param boundary hashes of the records that carry it
 * @param many whether there are more of them than a state may list; {@code boundary} is empty then
 * @param order puts later values after earlier ones
 */
public record CursorMark(
    CursorPoint point, Set<Long> boundary, boolean many, Comparator<CursorPoint> order) {
  /** The most hashes that a state lists: 80 KB in each of the table's metadata files. */
  public static final int MOST = 10_000;

  public CursorMark {
    many = many || boundary.size() > MOST;
    boundary = many ? Set.of() : Set.copyOf(boundary);
  }

  /** The mark of both together. */
  public CursorMark plus(CursorMark other) {
    int compared = order.compare(point, other.point);
    if (compared != 0) {
      return compared > 0 ? this : other;
    }
    return with(other.boundary, other.many);
  }

  /** The same value with further records of it. */
  CursorMark with(Set<Long> hashes, boolean unlisted) {
    Set<Long> both = new HashSet<>(boundary);
    both.addAll(hashes);
    return new CursorMark(point, both, many || unlisted, order);
  }
}
