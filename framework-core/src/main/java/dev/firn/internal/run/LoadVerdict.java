package dev.firn.internal.run;

import dev.firn.contract.BadRows;
import dev.firn.contract.ContractResult;
import dev.firn.contract.ContractResult.CheckResult;
import dev.firn.contract.OnViolation;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.ContractTally;
import dev.firn.internal.normalize.LoadChecks;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.internal.normalize.TableRows;
import dev.firn.internal.normalize.UniqueChecks.Repeated;
import dev.firn.internal.run.ContractOutcome.Found;
import dev.firn.load.TableCounts;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import dev.firn.source.ResourceSpec.OnLossy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Judges a load once all of it was read: what is to be refused, and what its user should know. */
final class LoadVerdict {
  private static final String EVOLUTION = "evolution";

  private final ResourceSpec resource;
  private final Reading reading;
  private final Normalizer normalizer;
  private final Consumer<String> warnings;

  LoadVerdict(
      ResourceSpec resource, Reading reading, Normalizer normalizer, Consumer<String> warnings) {
    this.resource = resource;
    this.reading = reading;
    this.normalizer = normalizer;
    this.warnings = warnings;
  }

  /**
   * What became of the contract, if there is one.
   *
   * @param rows reads those that the table has
   * @throws FirnException {@code CONTRACT_VIOLATED} where it says so
   */
  Optional<ContractResult> ofContract(TableName table, TableRows rows, Instant now) {
    return resource.contract().map(contract -> of(contract, table, rows, now));
  }

  private ContractResult of(SchemaContract contract, TableName table, TableRows rows, Instant now) {
    ContractTally tally = reading.summary().contract();
    // what was judged when it was loaded is not judged again
    boolean judged = reading.unchanged();
    List<Repeated> repeated = judged ? List.of() : normalizer.repeated(reading.kept(), rows);
    List<CheckResult> checks = judged ? List.of() : checks(tally, repeated, now);
    Found found = new Found(tally, repeated, checks);
    ContractOutcome outcome = new ContractOutcome(contract, found, normalizer::columnName);
    outcome.refuse(table);
    outcome.warnings().forEach(warnings);
    return outcome.result();
  }

  private List<CheckResult> checks(ContractTally tally, List<Repeated> repeated, Instant now) {
    List<CheckResult> results = new ArrayList<>();
    for (LoadChecks.Result each : normalizer.loadChecks().judge(tally.aggregates(), now)) {
      boolean fails = each.onViolation() != OnViolation.WARN;
      results.add(new CheckResult(each.check(), each.held(), fails, each.found()));
    }
    repeated.forEach(each -> results.add(result(each, tally.rows())));
    return results;
  }

  private static CheckResult result(Repeated repeated, long rows) {
    StringJoiner found = new StringJoiner(", ");
    if (repeated.inLoad() > 0) {
      found.add(Amount.of(repeated.inLoad(), "row") + " with values that came before");
    }
    if (repeated.inTable() > 0) {
      found.add(Amount.of(repeated.inTable(), "row") + " of the table with values that came now");
    }
    BadRows most = repeated.most().orElse(null);
    boolean tooMany = most != null && most.exceededBy(repeated.rows(), rows);
    if (tooMany) {
      found.add("more than max-bad-rows: " + most);
    }
    boolean fails = tooMany || repeated.check().onViolation().orElseThrow() != OnViolation.WARN;
    return new CheckResult(repeated.check().text(), false, fails, found.toString());
  }

  /**
   * Refuses numbers that lost digits where the resource says so.
   *
   * @throws FirnException {@code LOSSY_VALUE}
   */
  void refuseLossy() {
    long lossy = reading.summary().counts().inTables().lossy();
    if (lossy > 0 && resource.onLossy() == OnLossy.FAIL) {
      throw new FirnException(
          ErrorCode.LOSSY_VALUE,
          "Resource %s: %d numbers have more digits than their double columns hold."
              .formatted(resource.name(), lossy),
          "Declare the columns as decimal or string, or set on-lossy: warn.");
    }
  }

  /** Tells of values and child rows that were left out. */
  void tellOfDiscarded() {
    TableCounts counts = reading.summary().counts().inTables();
    boolean contract = resource.contract().isPresent();
    leftOut(counts.valuesDiscarded(), "value", contract ? "the contract or evolution" : EVOLUTION);
    leftOut(counts.discarded(), "child row", EVOLUTION);
  }

  private void leftOut(long number, String noun, String who) {
    if (number > 0) {
      warnings.accept("%s left out, as %s says.".formatted(Amount.of(number, noun), who));
    }
  }
}
