package dev.firn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.discover.JavaSourceProvider;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.DataType;
import dev.firn.source.Cursor;
import dev.firn.source.Incremental;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.NamingRules;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceSpec;
import dev.firn.source.Source;
import dev.firn.source.SourceModel;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceTest {
  @TempDir Path folder;

  @Source(name = "shop")
  static class Annotated {
    @dev.firn.source.Resource(
        table = "raw.orders",
        primaryKey = {"id", "region"},
        writeDisposition = WriteDisposition.MERGE,
        partitionBy = "day(updated_at)",
        columns = {"amount: decimal(10,2)", "note: text"},
        evolution = {ContractMode.EVOLVE, ContractMode.FREEZE, ContractMode.DISCARD_VALUE},
        maxNesting = 2,
        naming = NamingRules.Style.UNICODE,
        onCollision = NamingRules.OnCollision.SUFFIX,
        batchRows = 10)
    Stream<Map<String, Object>> orders(
        @Incremental(cursor = "updated_at", initial = "2024-01-01T00:00:00Z", lag = "5m")
            Cursor<Instant> since) {
      return Stream.of();
    }
  }

  @Source(name = "shop")
  static class Bare {
    @dev.firn.source.Resource
    Stream<Map<String, Object>> orders(@Incremental(cursor = "updated_at") Cursor<Instant> since) {
      return Stream.of();
    }
  }

  private static Resource built() {
    return Resource.of("orders", Instant.class, since -> List.of())
        .table("raw.orders")
        .primaryKey("id", "region")
        .merge()
        .partitionBy("day(updated_at)")
        .column("amount", new DataType.Decimal(10, 2))
        .column("note", DataType.Simple.STRING)
        .evolution(
            new Evolution(ContractMode.EVOLVE, ContractMode.FREEZE, ContractMode.DISCARD_VALUE))
        .maxNesting(2)
        .naming(NamingRules.Style.UNICODE)
        .onCollision(NamingRules.OnCollision.SUFFIX)
        .batchRows(10)
        .incremental("updated_at", "2024-01-01T00:00:00Z")
        .lag("5m");
  }

  @Test
  void annotationsBuilderAndYamlSayTheSame() throws IOException {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(
        file,
        """
        pipeline: p
        sources:
          shop:
            type: java
            class: %s
            resources:
              orders:
                table: raw.orders
                primary-key: [id, region]
                write-disposition: merge
                partition-by: day(updated_at)
                columns: {amount: "decimal(10,2)", note: text}
                evolution: {columns: freeze, data-type: discard_value}
                max-nesting: 2
                naming: unicode
                on-collision: suffix
                batch-rows: 10
                incremental: {cursor: updated_at, initial: "2024-01-01T00:00:00Z", lag: 5m}
        """
            .formatted(Bare.class.getName()));

    ResourceSpec annotated = SourceModel.of(Annotated.class).resource("orders").orElseThrow();

    assertThat(built().spec()).isEqualTo(annotated);
    assertThat(opened(PipelineFile.read(file, Settings.NONE).spec())).containsExactly(annotated);
  }

  private List<ResourceSpec> opened(PipelineSpec pipeline) {
    SourceSpec source = pipeline.sources().get(0);
    SourceProvider.Context context =
        new SourceProvider.Context(folder, getClass().getClassLoader());
    try (OpenSource open = new JavaSourceProvider().open(source, context)) {
      return open.resources();
    }
  }

  @Test
  void aBareResourceHasEveryDefault() {
    assertThat(Resource.of("users", () -> List.of()).spec()).isEqualTo(ResourceSpec.named("users"));
    assertThat(Resource.of("users", () -> List.of()).incremental("at").spec().incremental())
        .contains(IncrementalSpec.on("at"));
  }

  @Test
  void everyMistakeIsReportedTogether() {
    assertThatThrownBy(
            () ->
                Resource.opened(
                    List.of(
                        Resource.of("no name", () -> List.of()),
                        Resource.of("merged", () -> List.of()).merge().batchRows(-1),
                        Resource.of("twice", () -> List.of()),
                        Resource.of("twice", () -> List.of()).into("a..b"),
                        Resource.of("aimless", Instant.class, since -> List.of()),
                        Resource.of("typeless", Thread.class, since -> List.of()),
                        Resource.of("late", Long.class, since -> List.of())
                            .incremental("id", "soon")
                            .lag("5m")),
                    folder))
        .isInstanceOfSatisfying(
            FirnException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_SOURCE))
        .message()
        .contains(
            "The pipeline has 9 mistakes",
            "'no name': its name is not made of letters",
            "'merged': a merge needs a primary key.",
            "'merged': batch-rows is -1, which is no count.",
            "Two resources are named 'twice'.",
            "'a..b' is no table name.",
            "'aimless': its code takes a cursor",
            "'typeless': its cursor cannot be of java.lang.Thread.",
            "'late': initial: 'soon' does not suit a cursor of Long.",
            "'late': lag: '5m' does not suit a cursor of Long.");
  }
}
