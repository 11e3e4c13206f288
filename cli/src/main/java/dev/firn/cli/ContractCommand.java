package dev.firn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractDiff;
import dev.firn.contract.ContractFile;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "contract",
    mixinStandardHelpOptions = true,
    description = "Works with contracts: check, compile, infer, diff, export.",
    subcommands = {
      ContractCommand.Check.class,
      ContractCommand.Compile.class,
      ContractInferCommand.class,
      ContractCommand.Diff.class,
      ContractCommand.Export.class
    })
final class ContractCommand {
  private static final String FILE =
      "YAML, a JSON Schema, or the name of a Java record with @Contract.";

  /** The contract that a word of the command line names. */
  static SchemaContract find(String written, Session session) {
    return ContractFile.find(written, session.console().folder());
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Checks a contract; reads no data and connects to nothing.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameters
  static final class Check implements Action {
    @Parameters(paramLabel = "FILE", description = FILE)
    String file;

    @Override
    public Outcome run(Session session) {
      SchemaContract contract = find(file, session);
      ContractFile.checkValidators(contract, session.console().folder());
      int rules = contract.columns().stream().mapToInt(column -> column.rules().size()).sum();
      String validators =
          contract.validators().isEmpty()
              ? ""
              : ", " + Words.count(contract.validators().size(), "validator");
      String text =
          "OK  %s v%d: %s, %s%s"
              .formatted(
                  contract.name(),
                  contract.version(),
                  Words.count(contract.columns().size(), "column"),
                  Words.count(rules, "rule"),
                  validators);
      return Outcome.of(
          text,
          Session.document()
              .put("contract", contract.name())
              .put("version", contract.version())
              .put("valid", true)
              .put("columns", contract.columns().size())
              .put("rules", rules)
              .put("validators", contract.validators().size()));
    }
  }

  @Command(
      name = "compile",
      mixinStandardHelpOptions = true,
      description = "Prints the JSON Schema 2020-12 that a contract stands for.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameters
  static final class Compile implements Action {
    @Parameters(paramLabel = "FILE", description = FILE)
    String file;

    @Override
    public Outcome run(Session session) {
      ObjectNode schema = ContractFile.jsonSchema(find(file, session));
      return Outcome.of(schema.toPrettyString(), schema);
    }
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Tells what a new contract changes; ends with 3 when a change breaks.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameters
  static final class Diff implements Action {
    @Parameters(index = "0", paramLabel = "OLD", description = FILE)
    String old;

    @Parameters(index = "1", paramLabel = "NEW", description = FILE)
    String now;

    @Override
    public Outcome run(Session session) {
      ContractDiff diff = ContractDiff.between(find(old, session), find(now, session));
      StringJoiner text = new StringJoiner("\n");
      ObjectNode document = Session.document().put("breaking", diff.breaking());
      ArrayNode changes = document.putArray("changes");
      for (ContractDiff.Change change : diff.changes()) {
        text.add((change.breaking() ? "BREAKING  " : "          ") + change.what());
        changes.addObject().put("change", change.what()).put("breaking", change.breaking());
      }
      return new Outcome(
          diff.changes().isEmpty() ? "No changes." : text.toString(),
          document,
          diff.breaking() ? ErrorCode.CONTRACT_VIOLATED.exitCode() : 0);
    }
  }

  /** What a contract can be written as. */
  enum Form {
    JSON_SCHEMA,
    YAML,
    AVRO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Prints a contract in another form.")
  @SuppressWarnings("NullAway.Init") // picocli sets the parameters
  static final class Export implements Action {
    @Parameters(
        index = "0",
        paramLabel = "FORM",
        converter = FormWord.class,
        description = "json-schema, yaml or avro")
    Form form;

    @Parameters(index = "1", paramLabel = "FILE", description = FILE)
    String file;

    @Override
    public Outcome run(Session session) {
      SchemaContract contract = find(file, session);
      return switch (form) {
        case JSON_SCHEMA -> json(ContractFile.jsonSchema(contract));
        case AVRO -> json(ContractFile.avro(contract));
        case YAML -> yaml(contract);
      };
    }

    private static Outcome json(ObjectNode document) {
      return Outcome.of(document.toPrettyString(), document);
    }
  }

  static Outcome yaml(SchemaContract contract) {
    String yaml = ContractFile.yaml(contract);
    return Outcome.of(yaml.stripTrailing(), Session.document().put("yaml", yaml));
  }
}
