package dev.firn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.ContractFile;
import dev.firn.contract.SchemaContract;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import dev.firn.testkit.Contents;
import dev.firn.testkit.Laws;
import dev.firn.testkit.ListSource;
import dev.firn.testkit.Loading;
import dev.firn.testkit.MemoryDestination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads rows into tables in memory, as a pipeline would; remembers what it loaded. */
public final class PipelineKit {
  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);
  private final List<Load> loads = new ArrayList<>();
  private final List<RunReport> reports = new ArrayList<>();
  private List<String> key = List.of();
  private Optional<SchemaContract> contract = Optional.empty();

  private record Load(
      ResourceSpec resource, List<? extends JsonNode> rows, WriteDisposition disposition) {}

  private PipelineKit() {}

  /** Without tables. */
  public static PipelineKit inMemory() {
    return new PipelineKit();
  }

  /** The primary key of the loads that follow. */
  public PipelineKit key(String... columns) {
    key = List.of(columns);
    return this;
  }

  /** The contract of the loads that follow. */
  public PipelineKit contract(Class<?> type) {
    return contract(ContractFile.of(type));
  }

  /** The contract of the loads that follow. */
  public PipelineKit contract(SchemaContract other) {
    contract = Optional.of(other);
    return this;
  }

  /**
   * Loads rows into a table.
   *
   * @throws dev.firn.error.FirnException when the load fails
   */
  public PipelineKit load(
      String table, List<? extends JsonNode> rows, WriteDisposition disposition) {
    ResourceSpec plain =
        ResourceSpec.named(TableName.parse(table).name())
            .withTable(table)
            .withKey(key)
            .withDisposition(disposition);
    ResourceSpec resource = contract.map(plain::withContract).orElse(plain);
    load(new Load(resource, List.copyOf(rows), disposition));
    return this;
  }

  private void load(Load load) {
    loads.add(load);
    List<String> texts = load.rows().stream().map(JsonNode::toString).toList();
    RunReport report = loading.load(ListSource.ofJson(load.resource(), texts));
    Laws.everyRecordIsCounted(report);
    reports.add(report);
  }

  /** The report of the last load. */
  public RunReport report() {
    return reports.get(reports.size() - 1);
  }

  /**
   * The rows of a table, in order; a missing column is null.
   *
   * @param table with its namespace; {@code ns} is that of tables named without one
   */
  public List<Map<String, Object>> rows(String table) {
    return destination.rows(TableName.parse(table).inNamespace(Loading.NAMESPACE).toString());
  }

  /**
   * Fails unless the tables are as after each distinct load alone: what came again changed nothing.
   */
  public PipelineKit assertSameAsOnce() {
    PipelineKit once = inMemory();
    loads.stream().distinct().forEach(once::load);
    for (Load load : loads) {
      assertThat(contents(load)).isEqualTo(once.contents(load));
    }
    return this;
  }

  private Contents contents(Load load) {
    return Laws.contents(destination, ListSource.ofJson(load.resource(), List.of()));
  }
}
