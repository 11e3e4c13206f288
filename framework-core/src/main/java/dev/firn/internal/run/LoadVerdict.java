package dev.firn.internal.run;

import dev.firn.contract.Check;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.ContractResult.CheckResult;
import dev.firn.contract.OnViolation;
import dev.firn.contract.SchemaContract;
import dev.firn.internal.normalize.ContractTally;
import dev.firn.internal.normalize.LoadChecks;
import dev.firn.internal.normalize.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges what a contract asks of a load's rows together. */
final class LoadVerdict {
  private final SchemaContract contract;
  private final Normalizer normalizer;

  LoadVerdict(SchemaContract contract, Normalizer normalizer) {
    this.contract = contract;
    this.normalizer = normalizer;
  }

  /**
   * The results, one a check.
   *
   * @param kept ids of the sets that are loaded
   */
  List<CheckResult> of(ContractTally tally, Set<Long> kept, Instant now) {
    List<CheckResult> results = new ArrayList<>();
    for (LoadChecks.Result each : normalizer.loadChecks().judge(tally.aggregates(), now)) {
      boolean fails = each.onViolation() != OnViolation.WARN;
      results.add(new CheckResult(each.check(), each.held(), fails, each.found()));
    }
    normalizer
        .repeated(kept)
        .forEach(
            (columns, rows) ->
                results.add(
                    new CheckResult(
                        "unique " + columns,
                        false,
                        onRepeated(columns) != OnViolation.WARN,
                        Amount.of(rows, "row") + " with values that came before")));
    return results;
  }

  /** What becomes of a load in which the values of these columns come twice. */
  private OnViolation onRepeated(String columns) {
    for (ColumnContract column : contract.columns()) {
      if (normalizer.columnName(column.column()).equals(columns)) {
        return contract.onViolation(column);
      }
    }
    for (Check check : contract.checks()) {
      if (check instanceof Check.Unique unique
          && String.join(", ", unique.columns().stream().map(normalizer::columnName).toList())
              .equals(columns)) {
        return contract.onViolation(check);
      }
    }
    return contract.onViolation();
  }
}
