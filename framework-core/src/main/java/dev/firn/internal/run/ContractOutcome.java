package dev.firn.internal.run;

import dev.firn.contract.ColumnContract;
import dev.firn.contract.ContractResult;
import dev.firn.contract.ContractResult.CheckResult;
import dev.firn.contract.ContractResult.RuleResult;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Violation;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.ContractTally;
import dev.firn.internal.normalize.UniqueChecks.Repeated;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What a load does about the rows that broke its contract. */
final class ContractOutcome {
  private static final String INDENT = "\n  ";

  private final SchemaContract contract;
  private final ContractTally tally;
  private final List<CheckResult> checks;
  private final List<Violation> examples;

  /** Violations that are not among the examples. */
  private final long untold;

  private final UnaryOperator<String> names;

  /**
   * What was found in a load.
   *
   * @param repeated what came again though it may not
   * @param checks what became of what is asked of the rows together, of {@code unique} too
   */
  record Found(ContractTally tally, List<Repeated> repeated, List<CheckResult> checks) {}

  /**
   * @param names a column's name in the table, for the name that the contract has for it
   */
  ContractOutcome(SchemaContract contract, Found found, UnaryOperator<String> names) {
    this.contract = contract;
    this.tally = found.tally();
    this.checks = found.checks();
    this.names = names;
    List<Violation> told = new ArrayList<>();
    tally.examples().forEach(example -> told.add(example.violation()));
    found.repeated().forEach(each -> told.addAll(each.examples()));
    this.examples = told.stream().limit(ContractTally.MOST_EXAMPLES).toList();
    long repeated = found.repeated().stream().mapToLong(Repeated::rows).sum();
    this.untold = tally.violations() + repeated - examples.size();
  }

  /**
   * Fails the load where the contract says so.
   *
   * @throws FirnException {@code CONTRACT_VIOLATED} with all rules that were broken and the first
   *     violations
   */
  void refuse(TableName table) {
    boolean tooMany =
        contract
            .maxBadRows()
            .map(most -> most.exceededBy(tally.badRows(), tally.rows()))
            .orElse(false);
    List<String> bounds = exceededBounds();
    boolean failed = checks.stream().anyMatch(check -> !check.held() && check.fails());
    if (tally.fatalRows() == 0 && !tooMany && bounds.isEmpty() && !failed) {
      return;
    }
    String bound =
        tooMany
            ? " (max-bad-rows: " + contract.maxBadRows().orElseThrow() + ")"
            : bounds.isEmpty() ? "" : " (" + String.join(", ", bounds) + ")";
    throw new FirnException(
        ErrorCode.CONTRACT_VIOLATED,
        "Table %s, %s%s:%s".formatted(table, summary(), bound, INDENT)
            + String.join(INDENT, details()),
        tooMany || !bounds.isEmpty()
            ? "Correct the input, or raise max-bad-rows."
            : "Correct the input, or let on-violation be warn, quarantine, drop-row or null-value.");
  }

  /** Columns and rules with more bad rows than they may have, each with its bound. */
  private List<String> exceededBounds() {
    List<String> exceeded = new ArrayList<>();
    for (ColumnContract column : contract.columns()) {
      String name = names.apply(column.column());
      column
          .maxBadRows()
          .filter(most -> most.exceededBy(tally.badRowsOf(name), tally.rows()))
          .ifPresent(most -> exceeded.add("max-bad-rows of " + column.column() + ": " + most));
      for (Rule rule : column.rules()) {
        long bad = tally.broken().getOrDefault(name + " " + rule.text(), 0L);
        column
            .terms(rule)
            .maxBadRows()
            .filter(most -> most.exceededBy(bad, tally.rows()))
            .ifPresent(
                most ->
                    exceeded.add(
                        "max-bad-rows of %s %s: %s".formatted(column.column(), rule.text(), most)));
      }
    }
    return exceeded;
  }

  /** What the report says. */
  ContractResult result() {
    List<RuleResult> rules = new ArrayList<>();
    new TreeMap<>(tally.broken()).forEach((rule, count) -> rules.add(new RuleResult(rule, count)));
    return new ContractResult(
        contract.name(),
        contract.version(),
        tally.rows(),
        tally.badRows(),
        rules,
        examples,
        untold,
        checks);
  }

  /** What a user should know of a load that goes on. */
  List<String> warnings() {
    List<String> lines = new ArrayList<>();
    if (tally.badRows() > 0 || !broken().isEmpty()) {
      lines.add(summary() + ".");
      lines.addAll(details());
    }
    for (ColumnContract column : contract.columns()) {
      if (tally.rows() > 0 && !tally.arrived().contains(names.apply(column.column()))) {
        lines.add(
            "Contract %s: column '%s' never came.".formatted(contract.name(), column.column()));
      }
    }
    return lines;
  }

  private String summary() {
    return "contract %s v%d: %s checked, %s in %d of them"
        .formatted(
            contract.name(),
            contract.version(),
            Amount.of(tally.rows(), "row"),
            Amount.of(tally.violations(), "violation"),
            tally.badRows());
  }

  private List<CheckResult> broken() {
    return checks.stream().filter(check -> !check.held()).toList();
  }

  private List<String> details() {
    List<String> lines = new ArrayList<>();
    broken().forEach(check -> lines.add("not " + check.check() + ": " + check.found()));
    new TreeMap<>(tally.broken()).forEach((rule, count) -> lines.add(count + " x " + rule));
    examples.forEach(example -> lines.add(example.toString()));
    if (untold > 0) {
      lines.add("and " + untold + " more");
    }
    return lines;
  }
}
