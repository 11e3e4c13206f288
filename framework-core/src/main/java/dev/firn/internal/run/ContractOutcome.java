package dev.firn.internal.run;

import dev.firn.contract.ColumnContract;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.ContractTally;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a load does about the rows that broke its contract. */
final class ContractOutcome {
  private static final String INDENT = "\n  ";

  private final SchemaContract contract;
  private final ContractTally tally;

  ContractOutcome(SchemaContract contract, ContractTally tally) {
    this.contract = contract;
    this.tally = tally;
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
    if (tally.fatalRows() == 0 && !tooMany) {
      return;
    }
    String bound = tooMany ? " (max-bad-rows: " + contract.maxBadRows().orElseThrow() + ")" : "";
    throw new FirnException(
        ErrorCode.CONTRACT_VIOLATED,
        "Table %s, %s%s:%s".formatted(table, summary(), bound, INDENT)
            + String.join(INDENT, details()),
        tooMany
            ? "Correct the input, or raise max-bad-rows."
            : "Correct the input, or let on-violation be warn, quarantine, drop-row or null-value.");
  }

  /** What a user should know of a load that goes on. */
  List<String> warnings(Normalizer normalizer) {
    List<String> lines = new ArrayList<>();
    if (tally.badRows() > 0) {
      lines.add(summary() + ".");
      lines.addAll(details());
    }
    for (ColumnContract column : contract.columns()) {
      if (tally.rows() > 0 && !tally.arrived().contains(normalizer.columnName(column.column()))) {
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

  private List<String> details() {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(tally.broken()).forEach((rule, count) -> lines.add(count + " x " + rule));
    tally.examples().forEach(example -> lines.add(example.violation().toString()));
    long untold = tally.violations() - tally.examples().size();
    if (untold > 0) {
      lines.add("and " + untold + " more");
    }
    return lines;
  }
}
