package dev.firn.contract;

/**
 * A value that broke a rule.
 *
 * @param rule what was asked, such as {@code min 20}
 * @param value the value as stored, cut short; {@code null} where there was none
 * @param place file and line, or what the source can say
 */
public record Violation(String column, String rule, String value, String place) {
  @Override
  public String toString() {
    return place + ": " + column + " is " + value + ", expected " + rule;
  }
}
