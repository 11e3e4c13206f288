package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.ContractFile;
import dev.firn.contract.RowJudge;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.Violation;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;

/** A contract under test: what it finds in a row, and rows to try it with. */
public final class ContractKit {
  private final SchemaContract contract;

  private ContractKit(SchemaContract contract) {
    this.contract = contract;
  }

  /** The contract that a record says. */
  public static ContractKit of(Class<?> type) {
    return new ContractKit(ContractFile.of(type));
  }

  /** The contract of a file, YAML or JSON Schema. */
  public static ContractKit of(Path file) {
    return new ContractKit(ContractFile.read(file));
  }

  public static ContractKit of(SchemaContract contract) {
    return new ContractKit(contract);
  }

  public SchemaContract contract() {
    return contract;
  }

  /** Every rule that a row breaks, found by the code that judges rows of a load. */
  public List<Violation> validate(JsonNode row) {
    try (RowJudge judge = new RowJudge(contract)) {
      return judge.judge(row);
    }
  }

  /**
   * The first rules that rows break, each by itself or all together, as rows of one load: also what
   * comes twice though it is {@code unique}, and checks that do not hold.
   */
  public List<Violation> validate(List<JsonNode> rows) {
    try (RowJudge judge = new RowJudge(contract)) {
      return judge.judge(rows);
    }
  }

  /** Rows that keep the contract. */
  public Arbitrary<JsonNode> rows() {
    return new ContractRows(contract).valid();
  }

  /** Some rows that keep the contract. */
  public Arbitrary<List<JsonNode>> lists() {
    return new ContractRows(contract).lists();
  }

  /** Rows that together break exactly one rule. */
  public Arbitrary<ListMutant> listMutants() {
    return new ContractRows(contract).listMutants();
  }

  /** Rows that break exactly one rule. */
  public Arbitrary<Mutant> mutants() {
    return new ContractRows(contract).mutants();
  }
}
