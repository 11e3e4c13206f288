package dev.firn.load;

import java.util.Optional;

/**
 * When versions of rows hold, under {@link MergeStrategy#SCD2}.
 *
 * @param from name of the column with the time from which a version holds; timestamp
 * @param to name of the column with the time until which it held, itself not included; timestamp
 * @param active what {@code to} is while a version holds, ISO text; empty: null
 * @param boundary when the load's versions begin and those that they close end, ISO text; empty:
 *     when the load began
 * @param rowVersion column whose value tells versions apart; empty: the hash of the record
 */
public record Validity(
    String from,
    String to,
    Optional<String> active,
    Optional<String> boundary,
    Optional<String> rowVersion) {
  /** Firn's own columns, null while a version holds. */
  public static final Validity DEFAULT =
      new Validity(
          "_firn_valid_from",
          "_firn_valid_to",
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
