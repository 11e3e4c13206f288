package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Rows that each keep the contract, and together break one rule of it: what may come once comes
 * twice, the second time in the last row.
 *
 * @param column as the contract names it; several are joined by {@code ", "}
 * @param rule in the contract's words: {@code unique}
 */
public record ListMutant(List<JsonNode> rows, String column, String rule) {
  public ListMutant {
    rows = List.copyOf(rows);
  }
}
