package dev.firn.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Evolution;
import dev.firn.contract.Quarantine;
import dev.firn.contract.SchemaContract;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableSettings;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How one resource fills one root table; the same for YAML, annotations and the builder.
 *
 * @param table the table's name as written; empty: the resource's name
 * @param key columns of the primary key, by source path or column name
 * @param rules how rows meet those that are there; their columns by source path or column name
 * @param columns declared types by source path or column name, in order
 * @param columnEdits columns to rename or drop, by source path or column name
 * @param tableSettings their columns by source path or column name
 * @param maxNesting deeper values become JSON text; empty: no bound
 * @param partitions windows of time that are loaded one by one
 * @param addColumns constant columns, name to value
 * @param contract rules for the root table's rows
 * @param quarantine which records are kept beside the table
 * @param options keys of the source's own type
 */
public record ResourceSpec(
    String name,
    Optional<String> table,
    List<String> key,
    WriteDisposition disposition,
    WriteRules rules,
    Optional<Evolution> evolution,
    Map<String, DataType> columns,
    ColumnEdits columnEdits,
    List<PartitionField> partitionBy,
    TableSettings tableSettings,
    OptionalInt maxNesting,
    NamingRules naming,
    OnLossy onLossy,
    OnNullKey onNullKey,
    boolean allowEmpty,
    Optional<IncrementalSpec> incremental,
    Optional<PartitionsSpec> partitions,
    Map<String, String> addColumns,
    Optional<SchemaContract> contract,
    Quarantine quarantine,
    JsonNode options) {
  /** Behind the name of a replay; no resource that a user names has it. */
  private static final String REPLAY = "+replay";

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
        WriteRules.DEFAULT,
        Optional.empty(),
        Map.of(),
        ColumnEdits.NONE,
        List.of(),
        TableSettings.NONE,
        OptionalInt.empty(),
        NamingRules.DEFAULT,
        OnLossy.WARN,
        OnNullKey.FAIL,
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Quarantine.DEFAULT,
        JsonNodeFactory.instance.objectNode());
  }

  public ResourceSpec withTable(String other) {
    return with(parts -> parts.table = Optional.of(other));
  }

  public ResourceSpec withKey(List<String> other) {
    return with(parts -> parts.key = other);
  }

  public ResourceSpec withDisposition(WriteDisposition other) {
    return with(parts -> parts.disposition = other);
  }

  public ResourceSpec withRules(WriteRules other) {
    return with(parts -> parts.rules = other);
  }

  public ResourceSpec withEvolution(Evolution other) {
    return with(parts -> parts.evolution = Optional.of(other));
  }

  public ResourceSpec withColumns(Map<String, DataType> other) {
    return with(parts -> parts.columns = other);
  }

  public ResourceSpec withColumnEdits(ColumnEdits other) {
    return with(parts -> parts.columnEdits = other);
  }

  public ResourceSpec withPartitionBy(List<PartitionField> other) {
    return with(parts -> parts.partitionBy = other);
  }

  public ResourceSpec withTableSettings(TableSettings other) {
    return with(parts -> parts.tableSettings = other);
  }

  public ResourceSpec withMaxNesting(int other) {
    return with(parts -> parts.maxNesting = OptionalInt.of(other));
  }

  public ResourceSpec withNaming(NamingRules other) {
    return with(parts -> parts.naming = other);
  }

  public ResourceSpec withIncremental(IncrementalSpec other) {
    return with(parts -> parts.incremental = Optional.of(other));
  }

  public ResourceSpec withPartitions(PartitionsSpec other) {
    return with(parts -> parts.partitions = Optional.of(other));
  }

  /** The same with the run's start filled in where its cursor says {@code now}. */
  public ResourceSpec at(Instant now) {
    return incremental.map(spec -> withIncremental(spec.at(now))).orElse(this);
  }

  public ResourceSpec withOptions(JsonNode other) {
    return with(parts -> parts.options = other);
  }

  /** Under a contract, whose types and modes hold where the resource says none. */
  public ResourceSpec withContract(SchemaContract other) {
    return with(parts -> parts.contract = Optional.of(other));
  }

  public ResourceSpec withQuarantine(Quarantine other) {
    return with(parts -> parts.quarantine = other);
  }

  /** Whether any record may be kept beside the table. */
  public boolean quarantines() {
    return quarantine.keep() == Quarantine.Keep.ALL
        || contract.map(SchemaContract::quarantines).orElse(false);
  }

  /**
   * The resource that loads again what this one kept in its quarantine: everything that can be
   * loaded, whatever the cursor says, and however many cannot. What it does not bring stays.
   */
  public ResourceSpec replay() {
    return with(
        parts -> {
          parts.name = name + REPLAY;
          parts.table = Optional.of(table.orElse(name));
          parts.incremental = Optional.empty();
          parts.disposition =
              disposition == WriteDisposition.REPLACE ? WriteDisposition.APPEND : disposition;
          parts.rules = rules.withDeleteAbsent(false);
          parts.contract = contract.map(SchemaContract::withoutBound);
          parts.quarantine = new Quarantine(Quarantine.Keep.ALL, quarantine.retention());
        });
  }

  /** Whether this is a {@link #replay}. */
  public boolean isReplay() {
    return isReplay(name);
  }

  /** Whether the resource of this name is a {@link #replay}. */
  public static boolean isReplay(String resource) {
    return resource.endsWith(REPLAY);
  }

  /** The resource's name; of a {@link #replay}, the name of the resource that is replayed. */
  public String origin() {
    return origin(name);
  }

  /** As {@link #origin()}, for the resource of this name. */
  public static String origin(String resource) {
    return isReplay(resource)
        ? resource.substring(0, resource.length() - REPLAY.length())
        : resource;
  }

  /** Whether a load must bring all records, because what it does not bring goes. */
  public boolean wantsAll() {
    return !isReplay() && rules.wantsAll(disposition);
  }

  private ResourceSpec with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.spec();
  }

  /** A copy in the making. */
  private static final class Parts {
    private String name;
    private Optional<String> table;
    private List<String> key;
    private WriteDisposition disposition;
    private WriteRules rules;
    private Optional<Evolution> evolution;
    private Map<String, DataType> columns;
    private ColumnEdits columnEdits;
    private List<PartitionField> partitionBy;
    private TableSettings tableSettings;
    private OptionalInt maxNesting;
    private NamingRules naming;
    private OnLossy onLossy;
    private OnNullKey onNullKey;
    private boolean allowEmpty;
    private Optional<IncrementalSpec> incremental;
    private Optional<PartitionsSpec> partitions;
    private Map<String, String> addColumns;
    private Optional<SchemaContract> contract;
    private Quarantine quarantine;
    private JsonNode options;

    Parts(ResourceSpec of) {
      this.name = of.name;
      this.table = of.table;
      this.key = of.key;
      this.disposition = of.disposition;
      this.rules = of.rules;
      this.evolution = of.evolution;
      this.columns = of.columns;
      this.columnEdits = of.columnEdits;
      this.partitionBy = of.partitionBy;
      this.tableSettings = of.tableSettings;
      this.maxNesting = of.maxNesting;
      this.naming = of.naming;
      this.onLossy = of.onLossy;
      this.onNullKey = of.onNullKey;
      this.allowEmpty = of.allowEmpty;
      this.incremental = of.incremental;
      this.partitions = of.partitions;
      this.addColumns = of.addColumns;
      this.contract = of.contract;
      this.quarantine = of.quarantine;
      this.options = of.options;
    }

    ResourceSpec spec() {
      return new ResourceSpec(
          name,
          table,
          key,
          disposition,
          rules,
          evolution,
          columns,
          columnEdits,
          partitionBy,
          tableSettings,
          maxNesting,
          naming,
          onLossy,
          onNullKey,
          allowEmpty,
          incremental,
          partitions,
          addColumns,
          contract,
          quarantine,
          options);
    }
  }

  private static Map<String, DataType> withTypes(
      Map<String, DataType> declared, Optional<SchemaContract> contract) {
    Map<String, DataType> types = new LinkedHashMap<>(declared);
    contract.ifPresent(rules -> rules.types().forEach(types::putIfAbsent));
    return Collections.unmodifiableMap(types);
  }
}
