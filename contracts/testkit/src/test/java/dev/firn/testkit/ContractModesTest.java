package dev.firn.testkit;

import static dev.firn.contract.ContractMode.DISCARD_ROW;
import static dev.firn.contract.ContractMode.DISCARD_VALUE;
import static dev.firn.contract.ContractMode.EVOLVE;
import static dev.firn.contract.ContractMode.FREEZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which mode holds for what, over all combinations, and for typed input as for JSON. */
class ContractModesTest {
  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  @TempDir Path folder;

  /**
   * The pipeline's word and the table's: the table's is taken whole, what it leaves out evolves.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                     |                                    | ok",
        "freeze               |                                    | columns",
        "                     | freeze                             | columns",
        "freeze               | evolve                             | ok",
        "freeze               | tables=freeze,columns=evolve       | ok",
        "data-type=freeze     | tables=freeze,columns=discard_value | ok",
        "columns=discard_row  | columns=freeze                     | columns",
        "columns=freeze       | data-type=freeze                   | data-type",
      })
  void c01TheTablesWordIsTakenWhole(String pipeline, String table, String outcome) {
    ResourceSpec items = ResourceSpec.named("items");
    loading.load(ListSource.ofJson(items, "{\"id\":1}"));
    Loading under = pipeline == null ? loading : loading.with(Evolution.parse(pipeline));
    ResourceSpec own = table == null ? items : items.withEvolution(Evolution.parse(table));

    RunReport report = under.tryLoad(ListSource.ofJson(own, "{\"new\":1,\"id\":\"text\"}"));

    String message = report.error().map(Throwable::getMessage).orElse("ok");
    assertThat(message)
        .contains(
            outcome.equals("columns")
                ? "new column 'new'"
                : outcome.equals("data-type") ? "the string 'text'" : "ok");
  }

  @ParameterizedTest
  @EnumSource
  void c01ChildTablesInheritTheWordOfTheirRoot(ContractMode mode) {
    ResourceSpec items = ResourceSpec.named("items");
    loading.load(ListSource.ofJson(items, "{\"l\":[{\"a\":1}]}"));

    RunReport report =
        loading.tryLoad(
            ListSource.ofJson(
                items.withEvolution(new Evolution(EVOLVE, mode, EVOLVE)),
                "{\"l\":[{\"a\":2,\"b\":1}]}"));

    assertThat(report.error().isPresent()).isEqualTo(mode == FREEZE);
    boolean kept = mode == EVOLVE || mode == DISCARD_VALUE;
    assertThat(destination.rows("ns.items__l")).hasSize(kept ? 2 : 1);
  }

  /** Whatever the other two say. */
  @ParameterizedTest
  @EnumSource
  void c02ANewTableFollowsTheModeOfTablesAlone(ContractMode tables) {
    for (ContractMode columns : ContractMode.values()) {
      for (ContractMode types : ContractMode.values()) {
        String name = "t_" + columns.word() + "_" + types.word();
        RunReport report =
            loading
                .with(new Evolution(tables, columns, types))
                .tryLoad(ListSource.ofJson(ResourceSpec.named(name), "{\"a\":1}", "{\"b\":\"x\"}"));

        assertThat(destination.rows("ns." + name)).hasSize(tables == EVOLVE ? 2 : 0);
        assertThat(report.error().isPresent()).isEqualTo(tables == FREEZE);
        report
            .error()
            .ifPresent(
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_FROZEN);
                  assertThat(e.getMessage()).contains("ns." + name, "tables are frozen");
                });
        if (report.error().isEmpty() && tables != EVOLVE) {
          assertThat(report.resources().get(0).counts().discarded()).isEqualTo(2);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void c03ANewColumnFollowsTheModeOfColumnsAlone(ContractMode columns) {
    for (ContractMode types : ContractMode.values()) {
      String name = "t_" + types.word();
      ResourceSpec resource = ResourceSpec.named(name);
      loading.load(ListSource.ofJson(resource, "{\"a\":1}"));

      RunReport report =
          loading
              .with(new Evolution(EVOLVE, columns, types))
              .tryLoad(ListSource.ofJson(resource, "{\"a\":2,\"b\":1}", "{\"a\":3,\"b\":null}"));

      int more = columns == FREEZE ? 0 : columns == DISCARD_ROW ? 1 : 2;
      assertThat(destination.rows("ns." + name)).hasSize(1 + more);
      assertThat(columnNames(name).contains("b")).isEqualTo(columns == EVOLVE);
      assertThat(report.error().map(e -> e.getMessage().contains("column 'b'")).orElse(false))
          .isEqualTo(columns == FREEZE);
    }
  }

  private List<String> columnNames(String table) {
    return Laws.schema(destination, TableName.parse("ns." + table)).columns().stream()
        .map(column -> column.name())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void c13ANewColumnOfArrowBatchesIsDecidedInTheSameWay(ContractMode columns) {
    try (BufferAllocator memory = new RootAllocator()) {
      run(columns, Resource.of("people", () -> List.of(people(memory, false)))).throwIfFailed();

      RunReport report = run(columns, Resource.of("people", () -> List.of(people(memory, true))));

      int more = columns == FREEZE ? 0 : columns == DISCARD_ROW ? 1 : 2;
      assertThat(report.error().isPresent()).isEqualTo(columns == FREEZE);
      assertThat(destination.rows("ns.people")).hasSize(2 + more);
      assertThat(columnNames("people").contains("email")).isEqualTo(columns == EVOLVE);
    }
  }

  private RunReport run(ContractMode columns, Resource resource) {
    return Firn.pipeline("ns")
        .workFolder(folder)
        .run(
            destination,
            RunOptions.DEFAULT,
            resource.evolution(new Evolution(EVOLVE, columns, EVOLVE)));
  }

  /** Two rows, the first with an e-mail address. */
  private static VectorSchemaRoot people(BufferAllocator memory, boolean withEmail) {
    BigIntVector id = new BigIntVector("id", memory);
    VarCharVector name = new VarCharVector("name", memory);
    VarCharVector email = new VarCharVector("email", memory);
    for (int i = 0; i < 2; i++) {
      id.setSafe(i, i);
      name.setSafe(i, ("n" + i).getBytes(StandardCharsets.UTF_8));
    }
    email.setSafe(0, "a@b.cd".getBytes(StandardCharsets.UTF_8));
    id.setValueCount(2);
    name.setValueCount(2);
    email.setValueCount(2);
    if (!withEmail) {
      email.close();
      return VectorSchemaRoot.of(id, name);
    }
    return VectorSchemaRoot.of(id, name, email);
  }

  @Test
  void n22NullsNeitherCreateNorBreakFrozenColumns() {
    ResourceSpec items = ResourceSpec.named("items");
    loading.load(ListSource.ofJson(items, "{\"id\":1,\"a\":[{\"t\":1}]}"));

    RunReport report =
        loading
            .with(new Evolution(EVOLVE, FREEZE, EVOLVE))
            .load(ListSource.ofJson(items, "{\"id\":2,\"a\":null}"));

    assertThat(report.resources().get(0).loaded()).isEqualTo(1);
    assertThat(columnNames("items")).doesNotContain("a");
  }
}
