package dev.firn.internal.yaml;

import java.util.Comparator;

/**
 * Where a value was written.
 *
 * @param where a file, {@code environment NAME}, {@code --set KEY}, {@code implied by KEY} or
 *     {@code default}
 * @param line from 1; 0 where there are no lines
 * @param column from 1; 0 where there are no lines
 */
record Origin(String where, int line, int column) implements Comparable<Origin> {
  /** What Firn takes when nobody says anything. */
  static final Origin DEFAULT = new Origin("default", 0, 0);

  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::where)
          .thenComparingInt(Origin::line)
          .thenComparingInt(Origin::column);

  static Origin of(String where) {
    return new Origin(where, 0, 0);
  }

  boolean isDefault() {
    return equals(DEFAULT);
  }

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column}, or the layer's name. */
  @Override
  public String toString() {
    return line == 0 ? where : where + ":" + line + ":" + column;
  }
}
