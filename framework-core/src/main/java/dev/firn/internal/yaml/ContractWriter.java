package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.Rule;
import dev.firn.contract.RuleTerms;
import dev.firn.contract.SchemaContract;
import dev.firn.contract.ValidatorSpec;

/** Writes a contract as {@link ContractSections} reads it. */
final class ContractWriter {
  private ContractWriter() {}

  static ObjectNode write(SchemaContract contract) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(ContractKeys.CONTRACT, contract.name()).put(SpecKeys.VERSION, contract.version());
    contract
        .evolution()
        .ifPresent(modes -> node.set(SpecKeys.EVOLUTION, SpecWriter.evolution(modes)));
    node.put(ContractKeys.ON_VIOLATION, contract.onViolation().word());
    contract.maxBadRows().ifPresent(most -> node.put(ContractKeys.MAX_BAD_ROWS, most.toString()));
    ObjectNode columns = node.putObject(SpecKeys.COLUMNS);
    contract.columns().forEach(column -> columns.set(column.column(), column(column)));
    if (!contract.validators().isEmpty()) {
      ArrayNode validators = node.putArray(ContractKeys.VALIDATORS);
      contract.validators().forEach(validator -> validators.add(validator(validator)));
    }
    ChecksSection.write(node, contract.checks());
    return node;
  }

  private static ObjectNode column(ColumnContract column) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    column.type().ifPresent(type -> node.put(SpecKeys.TYPE, type.word()));
    column.rules().forEach(rule -> write(rule, column.terms(rule), node));
    terms(new RuleTerms(column.onViolation(), column.maxBadRows()), node);
    return node;
  }

  private static void terms(RuleTerms terms, ObjectNode node) {
    terms.onViolation().ifPresent(what -> node.put(ContractKeys.ON_VIOLATION, what.word()));
    terms.maxBadRows().ifPresent(most -> node.put(ContractKeys.MAX_BAD_ROWS, most.toString()));
  }

  /** A rule with terms of its own has them beside what it asks for. */
  private static void write(Rule rule, RuleTerms own, ObjectNode column) {
    write(rule, column);
    if (!own.equals(RuleTerms.NONE)) {
      JsonNode value = column.get(rule.word());
      ObjectNode section = column.putObject(rule.word());
      section.set(ContractKeys.VALUE, value);
      terms(own, section);
    }
  }

  static ObjectNode validator(ValidatorSpec validator) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put(SpecKeys.TYPE, validator.type());
    validator.onViolation().ifPresent(what -> node.put(ContractKeys.ON_VIOLATION, what.word()));
    validator.settings().properties().forEach(key -> node.set(key.getKey(), key.getValue()));
    return node;
  }

  private static void write(Rule rule, ObjectNode node) {
    String key = rule.word();
    if (rule instanceof Rule.AtLeast least) {
      node.put(key, least.bound().toPlainString());
    } else if (rule instanceof Rule.AtMost most) {
      node.put(key, most.bound().toPlainString());
    } else if (rule instanceof Rule.MinLength shortest) {
      node.put(key, shortest.length());
    } else if (rule instanceof Rule.MaxLength longest) {
      node.put(key, longest.length());
    } else if (rule instanceof Rule.Matches regular) {
      node.put(key, regular.pattern());
    } else if (rule instanceof Rule.OneOf choice) {
      ArrayNode values = node.putArray(key);
      choice.values().forEach(values::add);
    } else if (rule instanceof Rule.Format format) {
      node.put(key, format.kind().word());
    } else if (rule instanceof Rule.Unique unique && unique.scope() == Rule.Unique.Scope.TABLE) {
      node.put(key, unique.scope().word());
    } else {
      node.put(key, true);
    }
  }
}
