package dev.firn.iceberg.testkit;

import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Quarantines;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import dev.firn.testkit.Laws;
import dev.firn.testkit.ListSource;
import dev.firn.testkit.Loading;
import dev.firn.testkit.MemoryDestination;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Loads of JSON into Iceberg tables, and what these hold. */
abstract class LoadingFixture extends DestinationFixture {
  private Loading loading = Loading.into(new MemoryDestination());

  @Override
  protected CatalogProvider provider() {
    return Providers.of("jdbc");
  }

  @BeforeEach
  void begin() {
    loading = Loading.into(destination);
  }

  /** Loads records; apostrophes stand for quotation marks. */
  RunReport load(ResourceSpec resource, String... records) {
    RunReport report = loading.load(source(resource, records));
    Laws.everyRecordIsCounted(report);
    return report;
  }

  private static ListSource source(ResourceSpec resource, String... records) {
    return ListSource.ofJson(
        resource, List.of(records).stream().map(each -> each.replace('\'', '"')).toList());
  }

  /** Loads again what is in a resource's quarantine. */
  void replay(ResourceSpec resource) {
    DestinationSpec where =
        new DestinationSpec("iceberg", "lake", settings(), Optional.of(Loading.NAMESPACE));
    PipelineSpec pipeline =
        new PipelineSpec(
            "p", loading.folder(), List.of(), where, loading.evolution(), loading.limits());
    Quarantines.replay(
            pipeline, List.of(source(resource)), destination, RunOptions.DEFAULT, Set.of())
        .throwIfFailed();
  }

  static ResourceSpec merge(WriteRules rules, String... key) {
    return ResourceSpec.named("t")
        .withKey(List.of(key))
        .withDisposition(WriteDisposition.MERGE)
        .withRules(rules);
  }

  static WriteRules by(MergeStrategy strategy) {
    return WriteRules.DEFAULT.withStrategy(strategy);
  }

  /** The resource with a rule: what is greater in a column goes into quarantine. */
  static ResourceSpec atMost(ResourceSpec resource, String column, int bound) {
    ColumnContract rule =
        new ColumnContract(
            column,
            Optional.of(DataType.Simple.LONG),
            List.of(new Rule.AtMost(BigDecimal.valueOf(bound), false)),
            Optional.empty());
    return resource.withContract(
        new SchemaContract(
            "c",
            1,
            Optional.empty(),
            OnViolation.QUARANTINE,
            Optional.empty(),
            List.of(rule),
            List.of()));
  }

  List<List<@Nullable Object>> rows(String table, String... columns) {
    return TableContent.rows(table(TableName.parse("ns." + table)), columns);
  }

  List<@Nullable Object> values(String table, String column) {
    List<@Nullable Object> values = new ArrayList<>();
    rows(table, column).forEach(row -> values.add(row.get(0)));
    return values;
  }
}
