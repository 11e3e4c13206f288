package dev.firn.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Validator;
import dev.firn.contract.Validator.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One worker's validators, and what they find in the record that is read. */
final class ValidatorChecks implements AutoCloseable {
  /** Paths come from the data, so their number is nobody's word. */
  private static final int MOST_RULES = 1_000;

  private static final String OTHERS = "other rules";
  private static final String RECORD = "the record";

  private final List<Check> checks;
  private final List<Found> found = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  /** A validator and what becomes of the rows it finds fault with. */
  record Check(Validator validator, OnViolation onViolation) {}

  /**
   * A finding and what becomes of its row.
   *
   * @param place where in the record
   */
  record Found(String place, String rule, String value, OnViolation onViolation) {
    /** Place and rule, as columns and rules are told. */
    String text() {
      return place + " " + rule;
    }
  }

  ValidatorChecks(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /** Whether there is nothing to do. */
  boolean isEmpty() {
    return checks.isEmpty();
  }

  /** Forgets the last record's findings. */
  void forget() {
    found.clear();
  }

  void judge(JsonNode record) {
    for (Check check : checks) {
      for (Finding finding : check.validator().validate(record)) {
        String place = finding.path().isEmpty() ? RECORD : finding.path();
        found.add(new Found(place, finding.rule(), finding.value(), check.onViolation()));
      }
    }
  }

  /** What is wrong with the record that ends. */
  List<Found> found() {
    return found;
  }

  /** Whether any of it is at this place. */
  boolean blame(String place) {
    return found.stream().anyMatch(one -> one.place().equals(place));
  }

  /** Counts a finding. */
  void count(Found one) {
    boolean room = counts.size() < MOST_RULES || counts.containsKey(one.text());
    counts.merge(room ? one.text() : OTHERS, 1L, Long::sum);
  }

  /** How often each rule was broken since {@link #clear}. */
  Map<String, Long> counts() {
    return counts;
  }

  void clear() {
    counts.clear();
  }

  @Override
  public void close() {
    checks.forEach(check -> check.validator().close());
  }
}
