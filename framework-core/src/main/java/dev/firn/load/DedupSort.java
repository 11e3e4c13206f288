package dev.firn.load;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.Locale;

/**
 * Which record of a key wins within one load: the one with the greatest value of a column, or the
 * least. Any value beats null; of equal ones the last wins.
 *
 * @param leastWins whether the order ascends
 */
public record DedupSort(String column, boolean leastWins) {
  public DedupSort {
    if (column.isBlank()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The column of dedup-sort has no name.",
          "Write a column, then asc or desc where it matters: updated_at desc.");
    }
  }

  /** Reads {@code column}, {@code column desc} or {@code column asc}. */
  public static DedupSort parse(String text) {
    String column = text.strip();
    int space = column.lastIndexOf(' ');
    String order = column.substring(space + 1).toLowerCase(Locale.ROOT);
    boolean said = space > 0 && (order.equals("asc") || order.equals("desc"));
    return new DedupSort(
        said ? column.substring(0, space).strip() : column, said && order.equals("asc"));
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return column + (leastWins ? " asc" : " desc");
  }
}
