package dev.firn.contract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How many rows of a load may break rules before nothing of it is loaded.
 *
 * @param amount rows, or a share of the rows in percent
 */
public record BadRows(BigDecimal amount, boolean percent) {
  private static final Pattern WRITTEN = Pattern.compile("[0-9]{1,18}|[0-9]{1,3}(\\.[0-9]{1,9})?%");
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  /**
   * Reads {@code 10} or {@code 0.5%}.
   *
   * @throws FirnException {@code INVALID_CONFIG} for anything else
   */
  public static BadRows parse(String text) {
    String written = text.strip();
    boolean percent = written.endsWith("%");
    if (WRITTEN.matcher(written).matches()) {
      String number = percent ? written.substring(0, written.length() - 1) : written;
      BigDecimal amount = new BigDecimal(number);
      if (!percent || amount.compareTo(WHOLE) <= 0) {
        return new BadRows(amount, percent);
      }
    }
    throw new FirnException(
        ErrorCode.INVALID_CONFIG,
        "'" + text + "' is no number of rows.",
        "Write a count such as 10, or a share of the rows such as 1%.");
  }

  /** Whether these are too many. */
  public boolean exceededBy(long bad, long rows) {
    return percent
        ? BigDecimal.valueOf(bad)
                .multiply(WHOLE)
                .compareTo(amount.multiply(BigDecimal.valueOf(rows)))
            > 0
        : BigDecimal.valueOf(bad).compareTo(amount) > 0;
  }

  /** As in YAML. */
  @Override
  public String toString() {
    return amount.toPlainString() + (percent ? "%" : "");
  }
}
