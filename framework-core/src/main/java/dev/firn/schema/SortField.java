package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field of the order that a table's rows are to be kept in.
 *
 * @param term the column, or a partition transform of it
 * @param nullsFirst whether nulls come before all values
 */
public record SortField(PartitionField term, boolean descending, boolean nullsFirst) {
  private static final Pattern FORM =
      Pattern.compile("(.+?)(?:\\s+(asc|desc))?(?:\\s+nulls[- ](first|last))?");

  /**
   * Reads {@code id}, {@code at desc} or {@code day(at) asc nulls-last}. Nulls come first where
   * values ascend, last where they descend, unless said otherwise.
   */
  public static SortField parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "'" + text + "' is no sort field.",
          "Write a column, then asc or desc and nulls-first or nulls-last where they matter.");
    }
    boolean descending = "desc".equals(form.group(2));
    boolean first = form.group(3) == null ? !descending : form.group(3).equals("first");
    return new SortField(PartitionField.parse(form.group(1)), descending, first);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    String nulls = nullsFirst == !descending ? "" : nullsFirst ? " nulls-first" : " nulls-last";
    return term + (descending ? " desc" : "") + nulls;
  }
}
