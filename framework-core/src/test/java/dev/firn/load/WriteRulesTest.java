package dev.firn.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.load.Replacing.Scope;
import dev.firn.load.Replacing.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteRulesTest {
  private static final WriteRules NONE = WriteRules.DEFAULT;
  private static final WriteRules SCD2 = NONE.withStrategy(MergeStrategy.SCD2);

  private static List<String> mergeProblems(WriteRules rules, String... key) {
    return problems(rules, WriteDisposition.MERGE, false, key);
  }

  private static List<String> problems(
      WriteRules rules, WriteDisposition disposition, boolean incremental, String... key) {
    return rules.problems(disposition, List.of(key), incremental).stream()
        .map(RuleProblem::message)
        .toList();
  }

  private static Validity validity(String from, String to) {
    return new Validity(from, to, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static WriteRules replacing(Scope scope, Strategy strategy, Map<String, String> of) {
    return NONE.withReplacing(new Replacing(scope, strategy, of));
  }

  @Test
  void whatGoesTogetherIsNoProblem() {
    WriteRules partition =
        replacing(Scope.PARTITION, Strategy.TRUNCATE_INSERT, Map.of("region", "eu"));

    assertThat(mergeProblems(NONE, "id")).isEmpty();
    assertThat(mergeProblems(NONE.withMergeKey(List.of("day")).withHardDelete("gone"))).isEmpty();
    assertThat(mergeProblems(NONE.withDeleteAbsent(true), "id")).isEmpty();
    assertThat(mergeProblems(SCD2.withMergeKey(List.of("nk")))).isEmpty();
    assertThat(problems(partition, WriteDisposition.REPLACE, false)).isEmpty();
  }

  @Test
  void aColumnOfTheKeyDoesNotSayWhatToDelete() {
    assertThat(mergeProblems(NONE.withHardDelete("id"), "id"))
        .containsExactly("The column 'id' is part of the key and says what to delete.");
  }

  @Test
  void aMergeKeyIsOfStrategiesThatDeleteByIt() {
    WriteRules keyed = NONE.withMergeKey(List.of("day"));

    assertThat(mergeProblems(keyed.withStrategy(MergeStrategy.UPSERT), "id"))
        .containsExactly("The strategy upsert has no use for a merge-key.");
    assertThat(mergeProblems(keyed.withStrategy(MergeStrategy.INSERT_ONLY), "id"))
        .containsExactly("The strategy insert-only has no use for a merge-key.");
  }

  @Test
  void recordsAreChosenAmongThoseOfAKey() {
    WriteRules sorted = NONE.withMergeKey(List.of("day")).withDedupSort(DedupSort.parse("at"));

    assertThat(mergeProblems(sorted))
        .containsExactly("A dedup-sort needs a key: it chooses among the records of one.");
  }

  @Test
  void whatIsAbsentIsToldByAKeyAndByAllRecords() {
    WriteRules absent = NONE.withDeleteAbsent(true);

    assertThat(mergeProblems(absent.withMergeKey(List.of("day")), "id"))
        .containsExactly("absent: delete needs a primary-key and no merge-key.");
    assertThat(mergeProblems(absent.withStrategy(MergeStrategy.INSERT_ONLY), "id"))
        .containsExactly(
            "The strategy insert-only deletes no row, so absent: delete is no part of it.");
    assertThat(problems(absent, WriteDisposition.MERGE, true, "id"))
        .containsExactly(
            "absent: delete needs all records in every load, but a cursor brings only new ones.");
    assertThat(problems(SCD2, WriteDisposition.MERGE, true, "id"))
        .containsExactly(
            "Versions of absent rows are closed, but a cursor brings only new records.");
  }

  @Test
  void columnsOfValidityAreNoOtherOnes() {
    assertThat(mergeProblems(SCD2.withValidity(validity("at", "at")))).hasSize(1);
    assertThat(mergeProblems(SCD2.withValidity(validity("id", "until")), "id"))
        .containsExactly("The column of valid-from cannot be 'id'.");
    assertThat(mergeProblems(SCD2.withValidity(validity("since", "_firn_load_id"))))
        .containsExactly("The column of valid-to cannot be '_firn_load_id'.");
    assertThat(mergeProblems(NONE.withValidity(validity("since", "until")), "id"))
        .containsExactly("The strategy upsert knows no validity of rows.");
  }

  @Test
  void timesAreTimes() {
    Validity wrong =
        new Validity(
            "since", "until", Optional.of("forever"), Optional.of("2024-01-31"), Optional.empty());

    assertThat(mergeProblems(SCD2.withValidity(wrong)))
        .containsExactly(
            "The active-timestamp is 'forever', which is no time.",
            "The boundary-timestamp is '2024-01-31', which is no time.");
  }

  @Test
  void whatIsSaidOfAMergeIsNotSaidOfOthers() {
    WriteRules all =
        NONE.withMergeKey(List.of("day"))
            .withHardDelete("gone")
            .withDedupSort(DedupSort.parse("at"))
            .withDeleteAbsent(true);

    assertThat(problems(all, WriteDisposition.APPEND, false, "id"))
        .containsExactly(
            "Only a merge has a merge-key.",
            "Only a merge has a hard-delete column.",
            "Only a merge has a dedup-sort column.",
            "What is said of a merge is no part of append.");
  }

  @Test
  void whatIsReplacedIsSaidOfAReplaceThatKeepsIt() {
    WriteRules dropped = replacing(Scope.PARTITION, Strategy.DROP_CREATE, Map.of());
    WriteRules whole = replacing(Scope.TABLE, Strategy.TRUNCATE_INSERT, Map.of("region", "eu"));
    WriteRules partition = replacing(Scope.PARTITION, Strategy.TRUNCATE_INSERT, Map.of());

    assertThat(problems(dropped, WriteDisposition.REPLACE, false))
        .containsExactly(
            "A table that is dropped keeps no partition, so scope: partition is no part of drop-create.");
    assertThat(problems(whole, WriteDisposition.REPLACE, false))
        .containsExactly("A partition is named, but the whole table would be replaced.");
    assertThat(mergeProblems(partition, "id"))
        .containsExactly("Only a replace has a scope, a partition or the strategy drop-create.");
  }

  @Test
  void orderIsReadWithItsColumn() {
    assertThat(DedupSort.parse("updated_at")).isEqualTo(new DedupSort("updated_at", false));
    assertThat(DedupSort.parse(" last seen ASC ")).isEqualTo(new DedupSort("last seen", true));
    assertThat(DedupSort.parse("asc")).isEqualTo(new DedupSort("asc", false));
    assertThat(DedupSort.parse("at desc")).hasToString("at desc");
  }
}
