package dev.firn.testkit;

import static dev.firn.contract.ContractMode.DISCARD_ROW;
import static dev.firn.contract.ContractMode.DISCARD_VALUE;
import static dev.firn.contract.ContractMode.EVOLVE;
import static dev.firn.contract.ContractMode.FREEZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.load.TableCounts;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract modes end to end: what is loaded, what is dropped, what fails. */
class ContractCasesTest {
  private static final ResourceSpec ITEMS = ResourceSpec.named("items");

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination).with(2, 1);

  private static List<String> items(String more) {
    return IntStream.range(0, 10)
        .mapToObj(i -> "{\"id\":%d,\"SomeInt\":1,\"name\":\"n%d\"%s}".formatted(i, i, more))
        .toList();
  }

  private void loadFirst(String more) {
    loading.load(ListSource.ofJson(ITEMS, items(more)).withSplitsOf(3));
  }

  private RunReport load(Evolution evolution, List<String> records) {
    RunReport report =
        loading.with(evolution).tryLoad(ListSource.ofJson(ITEMS, records).withSplitsOf(4));
    if (report.error().isEmpty()) {
      Laws.everyRecordIsCounted(report);
    } else {
      assertThat(report.error().get().code()).isEqualTo(ErrorCode.CONTRACT_FROZEN);
    }
    return report;
  }

  private RunReport load(Evolution evolution, String more) {
    return load(evolution, items(more));
  }

  private static Evolution tables(ContractMode mode) {
    return new Evolution(mode, EVOLVE, EVOLVE);
  }

  private static Evolution columns(ContractMode mode) {
    return new Evolution(EVOLVE, mode, EVOLVE);
  }

  private static Evolution dataType(ContractMode mode) {
    return new Evolution(EVOLVE, EVOLVE, mode);
  }

  private int rows(String table) {
    return destination.rows("ns." + table).size();
  }

  private List<String> names(String table) {
    List<String> names = new ArrayList<>();
    Laws.schema(destination, TableName.parse("ns." + table))
        .columns()
        .forEach(column -> names.add(column.name()));
    return names;
  }

  @ParameterizedTest
  @EnumSource
  void c06NewColumnsAndTypesAreNoMatterOfTheTablesMode(ContractMode mode) {
    loadFirst("");

    load(tables(mode), ",\"new_col\":1").throwIfFailed();
    load(tables(mode), ",\"new_col\":1".replace("1", "2")).throwIfFailed();
    load(tables(mode), List.of("{\"id\":1,\"SomeInt\":\"text\"}")).throwIfFailed();

    assertThat(rows("items")).isEqualTo(31);
    assertThat(names("items")).contains("new_col", "some_int__v_text");
  }

  @ParameterizedTest
  @EnumSource
  void c06AListOfANewTableIsDroppedOrRefused(ContractMode mode) {
    loadFirst("");

    RunReport report = load(tables(mode), ",\"sub_items\":[{\"a\":1},2]");

    assertThat(report.error().isPresent()).isEqualTo(mode == FREEZE);
    assertThat(rows("items")).isEqualTo(mode == FREEZE ? 10 : 20);
    assertThat(rows("items__sub_items")).isEqualTo(mode == EVOLVE ? 20 : 0);
    if (report.error().isEmpty()) {
      assertThat(inTable(report, "ns.items__sub_items").discarded())
          .isEqualTo(mode == EVOLVE ? 0 : 20);
    }
  }

  @Test
  void c06AFrozenPipelineMakesNoTable() {
    RunReport report = load(tables(FREEZE), "");

    assertThat(report.error())
        .hasValueSatisfying(e -> assertThat(e.getMessage()).contains("ns.items"));
    assertThat(destination.metadata().tables()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void c07AllColumnsOfANewTableAreWelcome(ContractMode mode) {
    load(columns(mode), "").throwIfFailed();

    assertThat(rows("items")).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void c07ANewColumnIsAddedDroppedOrRefused(ContractMode mode) {
    loadFirst("");

    RunReport report = load(columns(mode), ",\"new_col\":1");

    boolean kept = mode == EVOLVE || mode == DISCARD_VALUE;
    assertThat(rows("items")).isEqualTo(kept ? 20 : 10);
    assertThat(names("items").contains("new_col")).isEqualTo(mode == EVOLVE);
    assertThat(report.error().map(e -> e.getMessage().contains("new_col")).orElse(false))
        .isEqualTo(mode == FREEZE);
    if (mode == DISCARD_ROW) {
      assertThat(report.resources().get(0).counts().discarded()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void c07CompanionsAndNewChildTablesAreNoMatterOfTheColumnsMode(ContractMode mode) {
    loadFirst("");

    load(columns(mode), ",\"subs\":[{\"a\":1}]").throwIfFailed();
    load(columns(mode), List.of("{\"id\":1,\"SomeInt\":\"text\"}")).throwIfFailed();

    assertThat(rows("items")).isEqualTo(21);
    assertThat(rows("items__subs")).isEqualTo(10);
    assertThat(destination.values("ns.items", "some_int__v_text")).containsExactly("text");
  }

  @ParameterizedTest
  @EnumSource
  void c07ANewColumnInAChildRowConcernsThatRowOnly(ContractMode mode) {
    loadFirst(",\"subs\":[{\"a\":1}]");

    load(columns(mode), ",\"subs\":[{\"a\":1,\"b\":2,\"deep\":[1]},{\"a\":3}]");

    assertThat(rows("items")).isEqualTo(mode == FREEZE ? 10 : 20);
    int dropped = mode == DISCARD_ROW ? 10 : 0;
    assertThat(rows("items__subs")).isEqualTo(mode == FREEZE ? 10 : 30 - dropped);
    assertThat(rows("items__subs__deep")).isEqualTo(mode == FREEZE ? 0 : 10 - dropped);
    assertThat(names("items__subs").contains("b")).isEqualTo(mode == EVOLVE);
  }

  @ParameterizedTest
  @EnumSource
  void c04AValueThatDoesNotFitFollowsTheDataTypeMode(ContractMode mode) {
    loadFirst("");

    RunReport report =
        load(
            dataType(mode),
            List.of("{\"id\":1,\"SomeInt\":\"text\",\"l\":[1]}", "{\"id\":2,\"SomeInt\":\"5\"}"));

    boolean companion = mode == EVOLVE;
    assertThat(rows("items")).isEqualTo(mode == FREEZE ? 10 : mode == DISCARD_ROW ? 11 : 12);
    assertThat(names("items").contains("some_int__v_text")).isEqualTo(companion);
    assertThat(report.error().map(Throwable::getMessage).orElse("SomeInt some_int text"))
        .contains("some_int")
        .contains("text");
    if (mode != FREEZE) {
      assertThat(destination.values("ns.items", "some_int")).contains(5L);
    }
  }

  @Test
  void aRowThatIsDroppedForAValueBeforeItsListsGoesWithThem() {
    loadFirst(",\"subs\":[{\"a\":1,\"deep\":[1]}]");

    RunReport report =
        load(
            dataType(DISCARD_ROW),
            List.of(
                "{\"SomeInt\":\"bad\",\"subs\":[{\"a\":1},{\"a\":2}]}",
                "{\"SomeInt\":7,\"subs\":[{\"a\":\"bad\",\"deep\":[1,2]},{\"a\":2,\"deep\":[\"bad\",3]}]}"));

    assertThat(report.resources().get(0).counts().discarded()).isEqualTo(1);
    assertThat(inTable(report, "ns.items__subs").discarded()).isEqualTo(1);
    assertThat(inTable(report, "ns.items__subs__deep").discarded()).isEqualTo(1);
    assertThat(rows("items")).isEqualTo(11);
    assertThat(rows("items__subs")).isEqualTo(11);
    assertThat(rows("items__subs__deep")).isEqualTo(11);
  }

  @Test
  void whatBecameOfValuesIsCountedWhereTheyBelong() {
    loading.load(ListSource.ofJson(ITEMS, "{\"n\":1,\"subs\":[{\"n\":1}]}"));

    RunReport report =
        load(
            dataType(DISCARD_VALUE),
            List.of(
                "{\"d\":9007199254740993,\"n\":1,\"subs\":[{\"n\":\"x\"},{\"n\":\"y\",\"d\":0.5}]}",
                "{\"d\":0.5,\"n\":\"z\",\"subs\":[{\"n\":2,\"d\":9007199254740993}]}",
                "{\"at\":\"2024-01-01T00:00:00.123456789Z\"}"));

    TableCounts root = inTable(report, "ns.items");
    TableCounts subs = inTable(report, "ns.items__subs");
    assertThat(root).isEqualTo(new TableCounts(0, 1, 1, 1, 0));
    assertThat(subs).isEqualTo(new TableCounts(0, 2, 1, 0, 0));
  }

  @Test
  void aRecordThatIsTakenBackCountsNothingInItsTables() {
    loadFirst(",\"subs\":[{\"a\":1}]");

    RunReport report =
        load(
            columns(DISCARD_ROW),
            List.of(
                "{\"id\":1,\"subs\":[{\"b\":1},{\"a\":1}],\"new_col\":1}",
                "{\"id\":2,\"subs\":[{\"b\":1},{\"a\":1}]}"));

    assertThat(report.resources().get(0).counts().discarded()).isEqualTo(1);
    assertThat(inTable(report, "ns.items__subs").discarded()).isEqualTo(1);
  }

  private static TableCounts inTable(RunReport report, String table) {
    return report.resources().get(0).counts().table(table);
  }

  @Test
  void n16MisfitsGoToTheCompanionOfTheirKind() {
    ResourceSpec table = ResourceSpec.named("t");
    loading.load(ListSource.ofJson(table, "{\"c\":1,\"d\":0.5}"));

    loading.load(
        ListSource.ofJson(
            table,
            "{\"c\":1.5}",
            "{\"c\":3.0}",
            "{\"c\":true}",
            "{\"c\":\"STR\"}",
            "{\"c\":\"17\"}",
            "{\"c\":18446744073709551616}",
            "{\"c\":\"2024-10-15T10:30:00Z\"}",
            "{\"d\":3}",
            "{\"d\":\"0.1\"}"));

    assertThat(destination.values("ns.t", "c")).containsExactly(1L, 3L, 17L);
    assertThat(destination.values("ns.t", "d")).containsExactly(0.5, 3.0, 0.1);
    assertThat(destination.values("ns.t", "c__v_double")).containsExactly(1.5);
    assertThat(destination.values("ns.t", "c__v_bool")).containsExactly(true);
    assertThat(destination.values("ns.t", "c__v_text")).containsExactly("STR");
    assertThat(destination.values("ns.t", "c__v_decimal")).hasSize(1);
    assertThat(destination.values("ns.t", "c__v_timestamp"))
        .containsExactly("2024-10-15T10:30:00Z");
  }
}
