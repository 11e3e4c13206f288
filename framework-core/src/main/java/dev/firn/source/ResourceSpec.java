package dev.firn.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Evolution;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one resource fills one root table; the same for YAML, annotations and the builder.
 *
 * @param table the table's name as written; empty: the resource's name
 * @param key columns of the primary key, by source path or column name
 * @param columns declared types by source path or column name, in order
 * @param maxNesting deeper values become JSON text; empty: no bound
 * @param addColumns constant columns, name to value
 * @param contract rules for the root table's rows
 * @param options keys of the source's own type
 */
public record ResourceSpec(
    String name,
    Optional<String> table,
    List<String> key,
    WriteDisposition disposition,
    Optional<Evolution> evolution,
    Map<String, DataType> columns,
    List<PartitionField> partitionBy,
    OptionalInt maxNesting,
    NamingRules naming,
    OnLossy onLossy,
    OnNullKey onNullKey,
    boolean allowEmpty,
    Optional<IncrementalSpec> incremental,
    Map<String, String> addColumns,
    Optional<SchemaContract> contract,
    JsonNode options) {
  public ResourceSpec {
    key = List.copyOf(key);
    key.forEach(ResourceSpec::keyColumn);
    columns = withTypes(columns, contract);
    evolution = evolution.or(() -> contract.flatMap(SchemaContract::evolution));
    partitionBy = List.copyOf(partitionBy);
    addColumns = Collections.unmodifiableMap(new LinkedHashMap<>(addColumns));
  }

  /**
   * A key column as it is named.
   *
   * @throws FirnException {@code INVALID_CONFIG} when it has no name
   */
  public static String keyColumn(String name) {
    if (name.isBlank()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "A column of the primary key has no name.",
          "Name one column, or several: [shop, id].");
    }
    return name;
  }

  /** What to do with digits that a double cannot hold. */
  public enum OnLossy {
    WARN,
    FAIL
  }

  /** What to do with a record whose key is null. */
  public enum OnNullKey {
    FAIL,
    DISCARD_ROW
  }

  /** An append of everything, with every default. */
  public static ResourceSpec named(String name) {
    return new ResourceSpec(
        name,
        Optional.empty(),
        List.of(),
        WriteDisposition.APPEND,
        Optional.empty(),
        Map.of(),
        List.of(),
        OptionalInt.empty(),
        NamingRules.DEFAULT,
        OnLossy.WARN,
        OnNullKey.FAIL,
        true,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        JsonNodeFactory.instance.objectNode());
  }

  public ResourceSpec withTable(String other) {
    return new ResourceSpec(
        name,
        Optional.of(other),
        key,
        disposition,
        evolution,
        columns,
        partitionBy,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withKey(List<String> other) {
    return new ResourceSpec(
        name,
        table,
        other,
        disposition,
        evolution,
        columns,
        partitionBy,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withDisposition(WriteDisposition other) {
    return new ResourceSpec(
        name,
        table,
        key,
        other,
        evolution,
        columns,
        partitionBy,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withEvolution(Evolution other) {
    return new ResourceSpec(
        name,
        table,
        key,
        disposition,
        Optional.of(other),
        columns,
        partitionBy,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withColumns(Map<String, DataType> other) {
    return new ResourceSpec(
        name,
        table,
        key,
        disposition,
        evolution,
        other,
        partitionBy,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withPartitionBy(List<PartitionField> other) {
    return new ResourceSpec(
        name,
        table,
        key,
        disposition,
        evolution,
        columns,
        other,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withMaxNesting(int other) {
    return new ResourceSpec(
        name,
        table,
        key,
        disposition,
        evolution,
        columns,
        partitionBy,
        OptionalInt.of(other),
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withNaming(NamingRules other) {
    return new ResourceSpec(
        name,
        table,
        key,
        disposition,
        evolution,
        columns,
        partitionBy,
        maxNesting,
        other,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withIncremental(IncrementalSpec other) {
    return new ResourceSpec(
        name,
        table,
        key,
        disposition,
        evolution,
        columns,
        partitionBy,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        Optional.of(other),
        addColumns,
        contract,
        options);
  }

  public ResourceSpec withOptions(JsonNode other) {
    return new ResourceSpec(
        name,
        table,
        key,
        disposition,
        evolution,
        columns,
        partitionBy,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        contract,
        other);
  }

  /** Under a contract, whose types and modes hold where the resource says none. */
  public ResourceSpec withContract(SchemaContract other) {
    return new ResourceSpec(
        name,
        table,
        key,
        disposition,
        evolution,
        columns,
        partitionBy,
        maxNesting,
        naming,
        onLossy,
        onNullKey,
        allowEmpty,
        incremental,
        addColumns,
        Optional.of(other),
        options);
  }

  private static Map<String, DataType> withTypes(
      Map<String, DataType> declared, Optional<SchemaContract> contract) {
    Map<String, DataType> types = new LinkedHashMap<>(declared);
    contract.ifPresent(rules -> rules.types().forEach(types::putIfAbsent));
    return Collections.unmodifiableMap(types);
  }
}
