package dev.firn.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.firn.contract.Validator;
import dev.firn.contract.ValidatorProvider;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The validator {@code json-schema}: its key {@code schema} holds a JSON Schema 2020-12, {@code
 * remote-refs} how addresses begin that the schema may refer to.
 */
public final class JsonSchemaProvider implements ValidatorProvider {
  private static final String SCHEMA = "schema";
  private static final String REMOTE_REFS = "remote-refs";

  /** The dialect's own schemas, which are in the library. */
  private static final String DIALECT = "https://json-schema.org/draft/";

  @Override
  public String type() {
    return "json-schema";
  }

  @Override
  public Validator open(JsonNode settings) {
    JsonNode schema = settings.path(SCHEMA);
    if (!schema.isObject()) {
      throw invalid("The validator json-schema has no schema.", "Write it below 'schema'.");
    }
    List<String> allowed = new ArrayList<>(List.of(DIALECT));
    JsonNode remote = settings.path(REMOTE_REFS);
    (remote.isArray() ? remote : List.of(remote)).forEach(each -> allowed.add(each.asText()));
    allowed.removeIf(String::isBlank);
    return tried(schema, registry(allowed));
  }

  private static SchemaRegistry registry(List<String> allowed) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .losslessNarrowing(true) // 3.0 is an integer
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(BoundedSearch::of)
            .locale(Locale.ROOT)
            .build();
    boolean fetching = allowed.size() > 1;
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder ->
            builder
                .schemaRegistryConfig(config)
                .schemaLoader(
                    loader ->
                        loader
                            .fetchRemoteResources(fetching)
                            .allow(iri -> allowed.stream().anyMatch(iri.toString()::startsWith))));
  }

  /** A schema that has judged something: what it cannot do shows before data is read. */
  private static Validator tried(JsonNode schema, SchemaRegistry registry) {
    try {
      Schema made = registry.getSchema(schema);
      made.initializeValidators();
      made.validate(JsonNodeFactory.instance.objectNode());
      return new JsonSchemaValidator(made);
    } catch (SchemaException | IllegalArgumentException wrong) {
      throw invalid("The JSON Schema cannot be used: " + wrong.getMessage(), "Correct it.");
    } catch (StackOverflowError endless) {
      throw invalid(
          "The JSON Schema refers to itself without end.",
          "Let what repeats stand below 'properties' or 'items'.");
    }
  }

  private static FirnException invalid(String message, String hint) {
    return new FirnException(ErrorCode.INVALID_CONFIG, message, hint);
  }
}
