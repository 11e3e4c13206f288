package dev.firn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.load.DedupSort;
import dev.firn.load.DeleteMode;
import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.NamingRules;
import dev.firn.source.ResourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {
  /** A pipeline that says everything that can be said. */
  static final String EVERY_KEY =
      """
            version: 1
            pipeline: shop
            description: all keys
            vars: {day: "2024"}
            evolution: freeze
            concurrency: {on-locked: wait, lease: 90s}
            limits: {depth: 9, line-bytes: 1KiB, string-bytes: 2MB, columns: 7, tables: 6, threads: 5, memory-bytes: 64MiB}
            destination: {type: iceberg, catalog: lake, namespace: raw.shop}
            catalogs:
              lake: {type: rest, uri: "http://localhost", cache: {enabled: false}, retries: 3}
              other: {type: jdbc}
            sources:
              drops:
                type: things
                url: http://x
                evolution: {columns: discard_value}
                resources:
                  orders:
                    path: orders.jsonl
                    options: {header: true, skip: 2, ratio: 0.5, null-if: ["", NA], when: no}
                    table: '"a.b"."c"'
                    primary-key: [id, region]
                    write-disposition: {mode: merge, strategy: delete-insert}
                    merge-key: [region]
                    hard-delete: gone
                    dedup-sort: at desc
                    delete-mode: copy-on-write
                    evolution: {tables: freeze, columns: discard-row, data-type: discard_value}
                    columns: {at: timestamp, price: {type: "decimal(10,2)"}}
                    partition-by: [day(at), "bucket(16, id)"]
                    max-nesting: 2
                    naming: direct
                    on-collision: suffix
                    on-lossy: fail
                    on-null-key: discard_row
                    allow-empty: false
                    incremental: {cursor: at, type: timestamp, initial: "2024-01-01", lag: 5m, on-missing: exclude}
                    add-columns: {loaded: "${run.now | date}"}
                  second: {path: x, incremental: id, primary-key: id, partition-by: region}
            """;

  @TempDir Path folder;

  @Test
  void aShortFileIsAWholePipelineOnTheEmbeddedCatalog() throws IOException {
    PipelineSpec spec =
        read(
            """
            pipeline: shop
            sources:
              drops:
                type: things
                resources:
                  orders: {path: orders.jsonl}
            """);

    assertThat(spec.name()).isEqualTo("shop");
    assertThat(spec.folder()).isEqualTo(folder.toAbsolutePath());
    assertThat(spec.destination().type()).isEqualTo("iceberg");
    assertThat(spec.destination().catalog()).isEqualTo("local");
    assertThat(spec.destination().settings().path("type").asText()).isEqualTo("jdbc");
    assertThat(spec.destination().namespace()).isEmpty();
    assertThat(spec.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(spec.concurrency()).isEqualTo(Concurrency.DEFAULT);
    assertThat(spec.evolution()).isEqualTo(Evolution.DEFAULT);
    ResourceSpec orders = spec.sources().get(0).resources().get(0);
    assertThat(orders.withOptions(ResourceSpec.named("orders").options()))
        .isEqualTo(ResourceSpec.named("orders"));
    assertThat(orders.options().path("path").asText()).isEqualTo("orders.jsonl");
  }

  @Test
  void everyKeyReachesTheModel() throws IOException {
    PipelineSpec spec = read(EVERY_KEY);

    ResourceSpec orders = spec.sources().get(0).resources().get(0);
    assertThat(orders.table()).contains("\"a.b\".\"c\"");
    assertThat(orders.key()).containsExactly("id", "region");
    assertThat(orders.disposition()).isEqualTo(WriteDisposition.MERGE);
    assertThat(orders.rules())
        .isEqualTo(
            WriteRules.DEFAULT
                .withStrategy(MergeStrategy.DELETE_INSERT)
                .withMergeKey(List.of("region"))
                .withHardDelete("gone")
                .withDedupSort(new DedupSort("at", false))
                .withDeleteMode(DeleteMode.COPY_ON_WRITE));
    assertThat(orders.evolution())
        .contains(
            new Evolution(
                ContractMode.FREEZE, ContractMode.DISCARD_ROW, ContractMode.DISCARD_VALUE));
    assertThat(orders.columns())
        .isEqualTo(Map.of("at", DataType.Simple.TIMESTAMP, "price", new DataType.Decimal(10, 2)));
    assertThat(orders.partitionBy())
        .containsExactly(PartitionField.parse("day(at)"), PartitionField.parse("bucket(16, id)"));
    assertThat(orders.maxNesting()).isEqualTo(OptionalInt.of(2));
    assertThat(orders.naming())
        .isEqualTo(new NamingRules(NamingRules.Style.DIRECT, NamingRules.OnCollision.SUFFIX));
    assertThat(orders.onLossy()).isEqualTo(ResourceSpec.OnLossy.FAIL);
    assertThat(orders.onNullKey()).isEqualTo(ResourceSpec.OnNullKey.DISCARD_ROW);
    assertThat(orders.allowEmpty()).isFalse();
    assertThat(orders.incremental())
        .contains(
            IncrementalSpec.on("at")
                .withType(DataType.Simple.TIMESTAMP)
                .withInitial("2024-01-01")
                .withLag("5m")
                .withOnMissing(IncrementalSpec.OnMissing.EXCLUDE));
    assertThat(orders.addColumns()).isEqualTo(Map.of("loaded", "${run.now | date}"));
    assertThat(orders.options().toString())
        .isEqualTo(
            "{\"path\":\"orders.jsonl\",\"options\":{\"header\":true,\"skip\":2,\"ratio\":0.5,"
                + "\"null-if\":[\"\",\"NA\"],\"when\":\"no\"}}");

    ResourceSpec second = spec.sources().get(0).resources().get(1);
    assertThat(second.key()).containsExactly("id");
    assertThat(second.incremental()).contains(IncrementalSpec.on("id"));
    assertThat(second.partitionBy()).containsExactly(PartitionField.parse("region"));
    assertThat(second.evolution())
        .contains(
            new Evolution(ContractMode.EVOLVE, ContractMode.DISCARD_VALUE, ContractMode.EVOLVE));

    assertThat(spec.sources().get(0).settings().toString()).isEqualTo("{\"url\":\"http://x\"}");
    assertThat(spec.evolution()).isEqualTo(Evolution.of(ContractMode.FREEZE));
    assertThat(spec.limits()).isEqualTo(new Limits(9, 1024, 2_000_000, 7, 6, 5, 64L << 20));
    assertThat(spec.concurrency())
        .isEqualTo(new Concurrency(OnLocked.WAIT, Duration.ofSeconds(90)));
    assertThat(spec.destination().catalog()).isEqualTo("lake");
    assertThat(spec.destination().namespace()).contains("raw.shop");
    assertThat(spec.destination().settings().toString())
        .isEqualTo(
            "{\"type\":\"rest\",\"uri\":\"http://localhost\",\"cache\":{\"enabled\":false},"
                + "\"retries\":3}");
  }

  @Test
  void resourcesMayBeAListOfNames() throws IOException {
    PipelineSpec spec =
        read("pipeline: p\nsources: {s: {type: things, resources: [orders, customers]}}\n");

    assertThat(spec.sources().get(0).resources())
        .extracting(ResourceSpec::name)
        .containsExactly("orders", "customers");
  }

  @Test
  void anAnchorIsReadWhereItsAliasStands() throws IOException {
    PipelineSpec spec =
        read(
            """
            pipeline: p
            sources:
              s:
                type: things
                resources:
                  a: &common {path: x, primary-key: id}
                  b: *common
            """);

    List<ResourceSpec> resources = spec.sources().get(0).resources();
    assertThat(resources.get(1).key()).isEqualTo(resources.get(0).key()).containsExactly("id");
  }

  private PipelineSpec read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("pipeline.yaml"), yaml);
    return PipelineFile.read(file, Settings.NONE).spec();
  }
}
