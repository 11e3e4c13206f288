package dev.firn.examples.luhn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.Validator;
import dev.firn.contract.ValidatorProvider;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.List;

/** The validator {@code luhn}; its key {@code column} names the column with card numbers. */
public final class LuhnProvider implements ValidatorProvider {
  @Override
  public String type() {
    return "luhn";
  }

  @Override
  public Validator open(JsonNode settings) {
    String column = settings.path("column").asText();
    if (column.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The validator luhn needs a column.",
          "Write {type: luhn, column: card}.");
    }
    return row -> findings(column, row.path(column));
  }

  private static List<Validator.Finding> findings(String column, JsonNode value) {
    boolean fine = !value.isTextual() || checkDigitHolds(value.textValue());
    return fine
        ? List.of()
        : List.of(new Validator.Finding(column, "check digit", value.toString()));
  }

  /** Every second digit from the right counts twice (ISO/IEC 7812-1, annex B). */
  static boolean checkDigitHolds(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(digits.length() - 1 - i), 10);
      if (digit < 0) {
        return false;
      }
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }
}
