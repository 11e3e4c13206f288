package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.SchemaContract;
import java.util.List;

/** What {@link dev.firn.contract.ContractFile} says. */
public final class ContractDocuments {
  private ContractDocuments() {}

  /** The contract that a text says. */
  public static SchemaContract read(String path, String text) {
    Problems problems = new Problems();
    SchemaContract contract = ContractSections.read(path, text, problems);
    problems.throwIfAny();
    return contract;
  }

  /** The contract that an annotated record says. */
  public static SchemaContract of(Class<?> type) {
    Problems problems = new Problems();
    Fields fields = new Fields("the contract", ContractRecord.read(type, problems), problems);
    SchemaContract contract = ContractSections.read(type.getSimpleName(), fields);
    problems.throwIfAny();
    return contract;
  }

  public static ObjectNode jsonSchema(SchemaContract contract) {
    return JsonSchemaWriter.write(contract);
  }

  /** The schema of files in the short form. */
  public static ObjectNode schema() {
    ObjectNode schema =
        JsonNodeFactory.instance
            .objectNode()
            .put(JsonSchemaWords.SCHEMA, JsonSchemaWords.DIALECT)
            .put("$id", "https://firn.dev/contract.schema.json")
            .put(JsonSchemaWords.TITLE, "Firn contract");
    schema.setAll(ContractKeys.schema(SchemaParts.reference(SpecKeys.EVOLUTION)));
    ArrayNode either = schema.putArray("anyOf");
    for (String key : List.of(SpecKeys.COLUMNS, ContractKeys.VALIDATORS, ChecksSection.CHECKS)) {
      either.addObject().putArray(JsonSchemaWords.REQUIRED).add(key);
    }
    schema.putObject(JsonSchemaWords.DEFS).set(SpecKeys.EVOLUTION, PipelineSchema.evolution());
    return schema;
  }

  public static ObjectNode avro(SchemaContract contract) {
    return AvroWriter.write(contract);
  }

  public static String yaml(SchemaContract contract) {
    return YamlWriter.write(ContractWriter.write(contract));
  }
}
