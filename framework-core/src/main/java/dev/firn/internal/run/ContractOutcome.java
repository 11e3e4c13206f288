package dev.firn.internal.run;

import dev.firn.contract.BadRows;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.ContractResult;
import dev.firn.contract.ContractResult.CheckResult;
import dev.firn.contract.ContractResult.RuleResult;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.ContractTally;
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

  private final UnaryOperator<String> names;

  /**
   * @param names a column's name in the table, for the name that the contract has for it
   */
  ContractOutcome(
      SchemaContract contract,
      ContractTally tally,
      List<CheckResult> checks,
      UnaryOperator<String> names) {
    this.contract = contract;
    this.tally = tally;
    this.checks = checks;
    this.names = names;
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
    List<String> columns = columnsWithTooMany();
    boolean failed = checks.stream().anyMatch(check -> !check.held() && check.fails());
    if (tally.fatalRows() == 0 && !tooMany && columns.isEmpty() && !failed) {
      return;
    }
    String bound =
        tooMany
            ? " (max-bad-rows: " + contract.maxBadRows().orElseThrow() + ")"
            : columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")";
    throw new FirnException(
        ErrorCode.CONTRACT_VIOLATED,
        "Table %s, %s%s:%s".formatted(table, summary(), bound, INDENT)
            + String.join(INDENT, details()),
        tooMany || !columns.isEmpty()
            ? "Correct the input, or raise max-bad-rows."
            : "Correct the input, or let on-violation be warn, quarantine, drop-row or null-value.");
  }

  /** Columns with more bad rows than they may have, each with its bound. */
  private List<String> columnsWithTooMany() {
    List<String> columns = new ArrayList<>();
    for (ColumnContract column : contract.columns()) {
      BadRows most = column.maxBadRows().orElse(null);
      long bad = tally.badRowsOf(names.apply(column.column()));
      if (most != null && most.exceededBy(bad, tally.rows())) {
        columns.add("max-bad-rows of " + column.column() + ": " + most);
      }
    }
    return columns;
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
        tally.examples().stream().map(ContractTally.Example::violation).toList(),
        tally.violations() - tally.examples().size(),
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
    tally.examples().forEach(example -> lines.add(example.violation().toString()));
    long untold = tally.violations() - tally.examples().size();
    if (untold > 0) {
      lines.add("and " + untold + " more");
    }
    return lines;
  }
}
