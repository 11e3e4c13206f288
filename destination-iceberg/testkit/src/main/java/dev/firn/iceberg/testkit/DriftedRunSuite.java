package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.load.LoadObserver;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Pipeline;
import dev.firn.pipeline.PipelinePlan;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.Column;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs whose table another engine changes while their rows are staged. What becomes of the rows is
 * what the contract says of the table as it is then.
 */
public abstract class DriftedRunSuite extends DriftSuite {
  private static final Evolution OPEN = Evolution.DEFAULT;

  /** When the other engine comes. */
  enum Moment {
    BEFORE_THE_FILES_ARE_FINISHED,
    BEFORE_THE_COMMIT
  }

  /** Lets others act, one after the other, once in each reading. */
  private static LoadObserver meanwhile(Moment moment, Runnable... others) {
    Deque<Runnable> left = new ArrayDeque<>(List.of(others));
    return new LoadObserver() {
      @Override
      public void staged(LoadId load, long rows) {
        next(Moment.BEFORE_THE_FILES_ARE_FINISHED);
      }

      @Override
      public void sealed(LoadId load) {
        next(Moment.BEFORE_THE_COMMIT);
      }

      private void next(Moment now) {
        Runnable other = now == moment ? left.poll() : null;
        if (other != null) {
          other.run();
        }
      }
    };
  }

  private Pipeline pipeline() {
    return Firn.pipeline(TestLoad.PIPELINE).workFolder(project);
  }

  private static Resource orders(Map<String, Object> order) {
    return Resource.of(TestLoad.RESOURCE, () -> List.of(order)).append();
  }

  private RunReport run(Evolution modes, LoadObserver observer, Map<String, Object> order) {
    return pipeline()
        .run(destination, new RunOptions(Set.of(), observer), orders(order).evolution(modes));
  }

  private void load(Map<String, Object> order) {
    run(OPEN, LoadObserver.NONE, order).throwIfFailed();
  }

  private void drop(String column) {
    table(ORDERS).updateSchema().deleteColumn(column).commit();
  }

  private void add(String column, Type type) {
    table(ORDERS).updateSchema().addColumn(column, type).commit();
  }

  private List<String> columns() {
    return destination.metadata().current(ORDERS).orElseThrow().schema().columns().stream()
        .filter(column -> !column.system())
        .map(Column::name)
        .toList();
  }

  private static Evolution columns(ContractMode mode) {
    return new Evolution(ContractMode.EVOLVE, mode, ContractMode.EVOLVE);
  }

  private static Evolution types(ContractMode mode) {
    return new Evolution(ContractMode.EVOLVE, ContractMode.EVOLVE, mode);
  }

  private static void assertFailed(RunReport report, ErrorCode code, String message) {
    FirnException error = report.error().orElseThrow();
    assertThat(error).hasMessageContaining(message);
    assertThat(error.code()).isEqualTo(code);
  }

  private void assertReadAgain(RunReport report) {
    report.throwIfFailed();
    assertThat(report.warnings()).hasSize(1);
    assertThat(report.warnings().get(0)).contains("was read again", ORDERS.toString());
    assertThat(report.discardedPackages()).hasSizeLessThan(2);
    assertThat(project.resolve(".firn/packages")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void droppedColumnDoesNotComeBackWhereColumnsAreFrozen(Moment moment) {
    load(Map.of("id", 1, "name", "ada"));

    RunReport report =
        run(
            columns(ContractMode.FREEZE),
            meanwhile(moment, () -> drop("name")),
            Map.of("id", 2, "name", "bob"));

    assertFailed(
        report,
        ErrorCode.CONTRACT_FROZEN,
        "its columns are frozen but a record brings the new column 'name'");
    assertThat(columns()).containsExactly("id");
    assertThat(orders("id")).containsExactly(List.of(1L));
    assertThat(project.resolve(".firn/packages")).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void valuesOfADroppedColumnAreLeftOutWhereTheContractSaysSo(Moment moment) {
    load(Map.of("id", 1, "name", "ada"));

    RunReport report =
        run(
            columns(ContractMode.DISCARD_VALUE),
            meanwhile(moment, () -> drop("name")),
            Map.of("id", 2, "name", "bob"));

    assertReadAgain(report);
    assertThat(columns()).containsExactly("id");
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }

  @Test
  void rowsWithADroppedColumnAreLeftOutWhereTheContractSaysSo() {
    load(Map.of("id", 1, "name", "ada"));

    RunReport report =
        run(
            columns(ContractMode.DISCARD_ROW),
            meanwhile(Moment.BEFORE_THE_COMMIT, () -> drop("name")),
            Map.of("id", 2, "name", "bob"));

    assertReadAgain(report);
    assertThat(columns()).containsExactly("id");
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @ParameterizedTest
  @EnumSource
  void droppedColumnThatRowsBringComesBackWhereColumnsEvolve(Moment moment) {
    load(Map.of("id", 1, "name", "ada"));

    run(OPEN, meanwhile(moment, () -> drop("name")), Map.of("id", 2, "name", "bob"))
        .throwIfFailed();

    assertThat(orders("id", "name"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, "bob"));
  }

  @ParameterizedTest
  @EnumSource
  void droppedColumnThatNoRowBringsStaysAway(Moment moment) {
    load(Map.of("id", 1, "name", "ada"));

    run(OPEN, meanwhile(moment, () -> drop("name")), Map.of("id", 2)).throwIfFailed();

    assertThat(columns()).containsExactly("id");
    assertThat(orders("id")).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
  }

  @ParameterizedTest
  @EnumSource
  void columnThatAnotherWriterAddsWithAnotherTypeGetsACompanion(Moment moment) {
    load(Map.of("id", 1));

    RunReport report =
        run(
            OPEN,
            meanwhile(moment, () -> add("note", Types.LongType.get())),
            Map.of("id", 2, "note", "fragile"));

    assertReadAgain(report);
    assertThat(orders("id", "note", "note__v_text"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1L, null, null), Arrays.asList(2L, null, "fragile"));
  }

  @Test
  void columnThatAnotherWriterAddsWithAnotherTypeIsRefusedWhereTypesAreFrozen() {
    load(Map.of("id", 1));

    RunReport report =
        run(
            types(ContractMode.FREEZE),
            meanwhile(Moment.BEFORE_THE_COMMIT, () -> add("note", Types.LongType.get())),
            Map.of("id", 2, "note", "fragile"));

    assertFailed(
        report,
        ErrorCode.CONTRACT_FROZEN,
        "column 'note' is frozen as long but a record brings the string 'fragile'");
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void valuesThatTheColumnOfAnotherWriterCannotHoldAreLeftOutWhereTheContractSaysSo() {
    load(Map.of("id", 1));

    RunReport report =
        run(
            types(ContractMode.DISCARD_VALUE),
            meanwhile(Moment.BEFORE_THE_COMMIT, () -> add("note", Types.LongType.get())),
            Map.of("id", 2, "note", "fragile"));

    assertReadAgain(report);
    assertThat(columns()).containsExactly("id", "note");
    assertThat(orders("id", "note"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), Arrays.asList(2L, null));
  }

  @Test
  void columnThatAnotherWriterAddsWithATypeThatHoldsTheRowsIsShared() {
    load(Map.of("id", 1));

    RunReport report =
        run(
            types(ContractMode.FREEZE),
            meanwhile(Moment.BEFORE_THE_COMMIT, () -> add("note", Types.StringType.get())),
            Map.of("id", 2, "note", 7));

    assertReadAgain(report);
    assertThat(orders("id", "note"))
        .containsExactlyInAnyOrder(Arrays.asList(1L, null), List.of(2L, "7"));
  }

  @Test
  void runThatIsHeldToAPlanIsNotReadAgain() {
    load(Map.of("id", 1));
    Resource resource = orders(Map.of("id", 2, "note", "fragile"));
    PipelinePlan plan = pipeline().plan(destination, RunOptions.DEFAULT, resource);
    LoadObserver others =
        meanwhile(Moment.BEFORE_THE_COMMIT, () -> add("note", Types.LongType.get()));

    RunReport report =
        pipeline().run(destination, new RunOptions(Set.of(), others).withPlan(plan), resource);

    assertFailed(report, ErrorCode.PLAN_OUTDATED, "changed (+ column note long)");
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void planDoesNotHoldForAColumnThatWasMadeAnew() {
    load(Map.of("id", 1, "name", "ada"));
    Resource resource = orders(Map.of("id", 2, "name", "bob"));
    PipelinePlan plan = pipeline().plan(destination, RunOptions.DEFAULT, resource);
    drop("name");
    add("name", Types.StringType.get());

    RunReport report = pipeline().run(destination, RunOptions.DEFAULT.withPlan(plan), resource);

    assertFailed(
        report, ErrorCode.PLAN_OUTDATED, "changed (column name was dropped and made anew)");
    assertThat(orders("id")).containsExactly(List.of(1L));
  }

  @Test
  void tableThatChangesAgainAndAgainEndsTheRun() {
    Map<String, Object> order = Map.of("id", 1, "a", 1, "b", 2, "c", 3);
    load(order);

    RunReport report =
        run(
            columns(ContractMode.DISCARD_VALUE),
            meanwhile(Moment.BEFORE_THE_COMMIT, () -> drop("a"), () -> drop("b"), () -> drop("c")),
            order);

    assertFailed(report, ErrorCode.CONTRACT_FROZEN, "another writer has dropped column 'c'");
    assertThat(orders("id")).containsExactly(List.of(1L));
    assertThat(project.resolve(".firn/packages")).isEmptyDirectory();
  }

  @Test
  void planRefusesWhatTheRunWould() {
    load(Map.of("id", 1));
    add("tags", Types.ListType.ofOptional(1, Types.StringType.get()));
    Resource resource = orders(Map.of("id", 2, "tags", "a"));

    RunReport report = pipeline().run(destination, RunOptions.DEFAULT, resource);

    String refused = "tags (list<string>), where string arrives";
    assertFailed(report, ErrorCode.INVALID_CONFIG, refused);
    assertThatThrownBy(() -> pipeline().plan(destination, RunOptions.DEFAULT, resource))
        .hasMessageContaining(refused)
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.INVALID_CONFIG);
  }
}
