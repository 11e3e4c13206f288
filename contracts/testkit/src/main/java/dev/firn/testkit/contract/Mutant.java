package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A row that breaks one rule.
 *
 * @param column as the contract names it
 * @param rule in the contract's words, such as {@code min 20}
 */
public record Mutant(JsonNode row, String column, String rule) {}
