package dev.firn.contract;

import java.util.Locale;

/** What becomes of a row with a value that breaks a rule. */
public enum OnViolation {
  /** It is loaded; the report tells. */
  WARN,
  /** Nothing of the load is; all rows are looked at first, so that the error tells of them all. */
  FAIL,
  /** It goes into the quarantine table as it came, with its child rows. */
  QUARANTINE,
  /** It is left out, with its child rows, and counted as discarded. */
  DROP_ROW,
  /** It is loaded without the value; a row that lacks a required value is left out. */
  NULL_VALUE;

  /** The word in YAML: {@code drop-row}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
