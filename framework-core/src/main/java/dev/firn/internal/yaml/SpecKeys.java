package dev.firn.internal.yaml;

import dev.firn.contract.Evolution;
import dev.firn.pipeline.Limits;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every key of {@code pipeline.yaml} that Firn itself understands, once. */
final class SpecKeys {
  static final String VERSION = "version";
  static final String PIPELINE = "pipeline";
  static final String DESCRIPTION = "description";
  static final String VARS = "vars";
  static final String SOURCES = "sources";
  static final String DESTINATION = "destination";
  static final String CATALOGS = "catalogs";
  static final String EVOLUTION = "evolution";
  static final String LIMITS = "limits";
  static final String CONCURRENCY = "concurrency";
  static final String PROFILES = "profiles";
  static final Set<String> TOP =
      Set.of(
          VERSION,
          PIPELINE,
          DESCRIPTION,
          VARS,
          SOURCES,
          DESTINATION,
          CATALOGS,
          EVOLUTION,
          LIMITS,
          CONCURRENCY);

  /** In {@code profiles.yaml}: the profile to take when nobody names one. */
  static final String DEFAULT_PROFILE = "default";

  static final String TYPE = "type";

  /** In a catalog, in place of a type: any class that is one. */
  static final String CLASS = "class";

  static final String RESOURCES = "resources";
  static final Set<String> SOURCE = Set.of(TYPE, RESOURCES, EVOLUTION);

  /** A Java source knows more resources than its YAML names, so it hands on the modes itself. */
  static final Set<String> JAVA_SOURCE = Set.of(TYPE, RESOURCES);

  static final String TABLE = "table";
  static final String PRIMARY_KEY = "primary-key";
  static final String WRITE_DISPOSITION = "write-disposition";
  static final String COLUMNS = "columns";
  static final String PARTITION_BY = "partition-by";
  static final String RENAME_COLUMNS = "rename-columns";
  static final String DROP_COLUMNS = "drop-columns";
  static final String TABLE_SETTINGS = "table-settings";
  static final String MAX_NESTING = "max-nesting";
  static final String NAMING = "naming";
  static final String ON_COLLISION = "on-collision";
  static final String ON_LOSSY = "on-lossy";
  static final String ON_NULL_KEY = "on-null-key";
  static final String ALLOW_EMPTY = "allow-empty";
  static final String INCREMENTAL = "incremental";
  static final String ADD_COLUMNS = "add-columns";
  private static final Set<String> RESOURCE_OWN =
      Set.of(
          TABLE,
          PRIMARY_KEY,
          WRITE_DISPOSITION,
          EVOLUTION,
          COLUMNS,
          RENAME_COLUMNS,
          DROP_COLUMNS,
          PARTITION_BY,
          TABLE_SETTINGS,
          MAX_NESTING,
          NAMING,
          ON_COLLISION,
          ON_LOSSY,
          ON_NULL_KEY,
          ALLOW_EMPTY,
          INCREMENTAL,
          PartitionsSection.PARTITIONS,
          ADD_COLUMNS,
          ContractKeys.CONTRACT,
          QuarantineSection.QUARANTINE);

  static final Set<String> RESOURCE =
      Stream.of(RESOURCE_OWN, WriteRulesSection.BESIDE)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  static final String CURSOR = "cursor";
  static final String INITIAL = "initial";
  static final String LAG = "lag";

  static final String TABLES = "tables";
  static final String DATA_TYPE = "data-type";
  static final Set<String> EVOLUTION_KEYS = Set.of(TABLES, COLUMNS, DATA_TYPE);

  static final String CATALOG = "catalog";
  static final String NAMESPACE = "namespace";
  static final Set<String> DESTINATION_KEYS = Set.of(TYPE, CATALOG, NAMESPACE);

  static final String DEPTH = "depth";
  static final String LINE_BYTES = "line-bytes";
  static final String STRING_BYTES = "string-bytes";
  static final String THREADS = "threads";
  static final String MEMORY_BYTES = "memory-bytes";
  static final Set<String> LIMIT_KEYS =
      Set.of(DEPTH, LINE_BYTES, STRING_BYTES, COLUMNS, TABLES, THREADS, MEMORY_BYTES);

  static final String ON_LOCKED = "on-locked";
  static final String LEASE = "lease";
  static final Set<String> CONCURRENCY_KEYS = Set.of(ON_LOCKED, LEASE);

  /** All of the above, to spell the upper-case words of the environment. */
  static final Set<String> ALL =
      Stream.of(
              TOP,
              SOURCE,
              RESOURCE,
              WriteRulesSection.KEYS,
              IncrementalSection.KEYS,
              PartitionsSection.KEYS,
              EVOLUTION_KEYS,
              QuarantineSection.KEYS,
              TableSettingsSection.KEYS,
              DESTINATION_KEYS,
              LIMIT_KEYS,
              CONCURRENCY_KEYS,
              ContractKeys.TOP,
              ContractKeys.COLUMN)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** The embedded catalog: a SQLite file and a folder beside the pipeline. */
  static final String LOCAL_CATALOG = "local";

  static final String ICEBERG = "iceberg";

  /** The type of source whose code may say what its YAML leaves out. */
  static final String JAVA = "java";

  private SpecKeys() {}

  /** The embedded catalog as YAML. */
  static String embeddedCatalog() {
    return "catalogs: {local: {type: jdbc, uri: 'jdbc:sqlite:.firn/catalog.db', warehouse: .firn/warehouse}}";
  }

  /** What a folder without a pipeline is, as YAML: where {@code firn load} puts tables. */
  static String impliedProject() {
    return """
        pipeline: load
        destination: {namespace: default}
        """;
  }

  /** What holds when nobody says anything, as YAML. */
  static String defaults() {
    Limits limits = Limits.DEFAULT;
    String mode = Evolution.DEFAULT.tables().word();
    return """
        version: 1
        evolution: {tables: %s, columns: %s, data-type: %s}
        limits: {depth: %d, line-bytes: %d, string-bytes: %d, columns: %d, tables: %d, threads: %d, memory-bytes: %d}
        destination: {type: iceberg}
        """
        .formatted(
            mode,
            mode,
            mode,
            limits.depth(),
            limits.lineBytes(),
            limits.stringBytes(),
            limits.columns(),
            limits.tables(),
            limits.threads(),
            limits.memoryBytes());
  }
}
