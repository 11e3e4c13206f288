package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shapes of records and the rows they become; numbers of cases as in the acceptance list. */
class NestingCasesTest {
  private static final ResourceSpec TABLE = ResourceSpec.named("table");

  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination);

  private void load(ResourceSpec resource, String... records) {
    loading.load(ListSource.ofJson(resource, records));
  }

  private List<Object> column(String table, String column) {
    return destination.values("ns." + table, column);
  }

  private int rows(String table) {
    return destination.rows("ns." + table).size();
  }

  private List<String> tables() {
    return destination.metadata().tables().stream().map(TableName::name).toList();
  }

  @Test
  void n02ListsBecomeChildRowsLinkedToTheirParents() {
    load(TABLE, "{\"f\":[{\"l\":[\"a\",\"b\",\"c\"],\"v\":120,\"o\":[{\"a\":1},{\"a\":2}]}]}");

    Map<String, Object> root = destination.rows("ns.table").get(0);
    Map<String, Object> f = destination.rows("ns.table__f").get(0);
    Object rootId = root.get(SystemColumns.ID);
    Object fId = f.get(SystemColumns.ID);
    assertThat(root).doesNotContainKeys(SystemColumns.PARENT_ID, SystemColumns.LIST_INDEX);
    assertThat(f).containsEntry(SystemColumns.PARENT_ID, rootId).containsEntry("v", 120L);
    assertThat(column("table__f__l", "value")).containsExactly("a", "b", "c");
    assertThat(column("table__f__l", SystemColumns.LIST_INDEX)).containsExactly(0L, 1L, 2L);
    assertThat(column("table__f__l", SystemColumns.PARENT_ID)).containsOnly(fId).hasSize(3);
    assertThat(column("table__f__l", SystemColumns.ROOT_ID)).containsOnly(rootId).hasSize(3);
    assertThat(column("table__f__o", SystemColumns.ROOT_ID)).containsOnly(rootId).hasSize(2);
    assertThat(tables()).containsExactly("table", "table__f", "table__f__l", "table__f__o");
  }

  @Test
  void aListUnderAVeryLongKeyFillsATableWithAShortenedName() {
    String key = "k".repeat(300);
    load(TABLE, "{\"%s\":[{\"a\":[1]}]}".formatted(key));

    assertThat(tables()).hasSize(3).allMatch(name -> name.length() <= 255);
    assertThat(tables()).filteredOn(name -> name.startsWith("table__kkk")).hasSize(2);
  }

  @Test
  void n03ObjectsBetweenListsLeaveNoRowOfTheirOwn() {
    load(
        TABLE,
        """
        {"id":"level0","f":[{"id":"level1","l":["a"],"o":[{"a":1}],"b":{"a":[{"id":"level5"}]}}],
         "d":{"a":[{"id":"level4"}],"b":{"a":[{"id":"level5"}],"a_2":[{"id":"level5"}]},"c":"x"},
         "e":[{"o":[{"a":1}],"b":{"a":[{"id":"level5"}]}}]}""");

    assertThat(tables())
        .containsExactly(
            "table",
            "table__d__a",
            "table__d__b__a",
            "table__d__b__a_2",
            "table__e",
            "table__e__b__a",
            "table__e__o",
            "table__f",
            "table__f__b__a",
            "table__f__l",
            "table__f__o");
    assertThat(destination.rows("ns.table__e").get(0).keySet()).allMatch(SystemColumns::reserved);
    assertThat(column("table__f__b__a", SystemColumns.PARENT_ID))
        .isEqualTo(column("table__f", SystemColumns.ID));
    assertThat(column("table__d__b__a", SystemColumns.PARENT_ID))
        .isEqualTo(column("table", SystemColumns.ID));
  }

  private static final String WEB_PATH =
      """
      {"webpath":[[{"url":"1"},{"url":"2"},{"url":"3"},[{"url":"4"}]],[1,2,3]]}""";

  @Test
  void n04ListsOfListsAreTablesBelowEachOther() {
    load(ResourceSpec.named("zen"), WEB_PATH);

    assertThat(rows("zen")).isEqualTo(1);
    assertThat(column("zen__webpath", SystemColumns.LIST_INDEX)).containsExactly(0L, 1L);
    assertThat(rows("zen__webpath__list")).isEqualTo(7);
    assertThat(column("zen__webpath__list", "value")).containsExactly(1L, 2L, 3L);
    assertThat(column("zen__webpath__list__list", SystemColumns.PARENT_ID))
        .containsExactly(column("zen__webpath__list", SystemColumns.ID).get(3));
  }

  @Test
  void n06ScalarsAndListsMayBeRecords() {
    load(ResourceSpec.named("simplex"), "1");
    load(ResourceSpec.named("listex"), "[1,2,3,4,\"A\"]");

    assertThat(column("simplex", "value")).containsExactly(1L);
    assertThat(rows("listex")).isEqualTo(1);
    assertThat(column("listex__value", "value")).containsExactly("1", "2", "3", "4", "A");
  }

  private static final String NESTED =
      "{\"f\":[{\"l\":[\"a\"],\"v\":120,\"lo\":[{\"e\":{\"v\":1}}]}]}";

  @Test
  void n07DeeperValuesStayJson() {
    load(ResourceSpec.named("d0").withMaxNesting(0), NESTED);
    load(ResourceSpec.named("d1").withMaxNesting(1), NESTED);
    load(ResourceSpec.named("d2").withMaxNesting(2), NESTED);
    load(ResourceSpec.named("d3").withMaxNesting(3), NESTED);

    assertThat(column("d0", "f"))
        .containsExactly("[{\"l\":[\"a\"],\"v\":120,\"lo\":[{\"e\":{\"v\":1}}]}]");
    assertThat(column("d1__f", "l")).containsExactly("[\"a\"]");
    assertThat(column("d1__f", "lo")).containsExactly("[{\"e\":{\"v\":1}}]");
    assertThat(column("d2__f__lo", "e")).containsExactly("{\"v\":1}");
    assertThat(column("d3__f__lo", "e__v")).containsExactly(1L);
    assertThat(tables())
        .containsExactly(
            "d0",
            "d1",
            "d1__f",
            "d2",
            "d2__f",
            "d2__f__l",
            "d2__f__lo",
            "d3",
            "d3__f",
            "d3__f__l",
            "d3__f__lo");
  }

  @Test
  void n08EachLevelOfNestingIsOneTable() {
    String record = "{\"one\":[{\"two\":[{\"three\":[{\"four\":[{\"five\":\"value\"}]}]}]}]}";
    for (int level = 0; level <= 6; level++) {
      load(ResourceSpec.named("level" + level).withMaxNesting(level), record);
      String root = "level" + level;

      long nested = tables().stream().filter(name -> name.startsWith(root + "__")).count();
      assertThat(nested).isEqualTo(Math.min(level, 4));
    }
  }

  @Test
  void n08APathOnceJsonStaysJsonAndOnlyNewPathsUnfold() {
    String one = "{\"one\":[{\"two\":[{\"three\":[{\"x\":1}]}]}]}";
    load(TABLE.withMaxNesting(2), one);

    load(TABLE.withMaxNesting(3), one, one.replace("one", "other"));

    assertThat(column("table__one__two", "three")).hasSize(2);
    assertThat(tables())
        .doesNotContain("table__one__two__three")
        .contains("table__other__two__three");
  }

  @Test
  void n10EmptyKeysAreColumnsNamedEmpty() {
    load(ResourceSpec.named("a"), "{\"a\":1,\"\":2}");
    load(ResourceSpec.named("b"), "{\"a\":1,\"b\":{\"\":2}}");
    load(ResourceSpec.named("c"), "{\"a\":1,\"b\":[{\"\":2}]}");
    load(ResourceSpec.named("d"), "{\"\":{\"d\":1},\"d\":2}");
    load(ResourceSpec.named("e"), "{\"\":[1,2],\"x\":1}");

    assertThat(column("a", "_empty")).containsExactly(2L);
    assertThat(column("b", "b___empty")).containsExactly(2L);
    assertThat(column("c__b", "_empty")).containsExactly(2L);
    assertThat(column("d", "_empty__d")).containsExactly(1L);
    assertThat(column("e___empty", "value")).containsExactly(1L, 2L);
  }

  @Test
  void jsonDeclaredColumnsAreNotTakenApart() {
    load(
        TABLE.withColumns(Map.of("a.b", Simple.JSON)),
        "{\"a\":{\"b\":{\"c\":[1,{\"d\":\"\\u00e9\\\"\"}]}}}",
        "{\"a\":{\"b\":[1.50,true,null]}}");

    assertThat(column("table", "a__b"))
        .containsExactly("{\"c\":[1,{\"d\":\"é\\\"\"}]}", "[1.50,true,null]");
    assertThat(tables()).containsExactly("table");
  }

  @Test
  void n22NullsMakeNoColumnAndBreakNone() {
    load(TABLE, "{\"a\":[1],\"b\":{\"t\":1}}");

    load(TABLE, "{\"a\":null,\"b\":null,\"c\":7,\"d\":null}", "{\"a\":[],\"b\":{}}");

    assertThat(Laws.schema(destination, TableName.parse("ns.table")).columns())
        .extracting(column -> column.name())
        .containsExactlyInAnyOrder("b__t", "c", SystemColumns.LOAD_ID, SystemColumns.ID);
    assertThat(rows("table")).isEqualTo(3);
  }

  @Test
  void n22ADeclaredColumnIsThereWithoutAnyValue() {
    load(TABLE.withColumns(Map.of("a", Simple.DATE)), "{\"a\":null,\"b\":1}");

    assertThat(Laws.schema(destination, TableName.parse("ns.table")).column("a"))
        .hasValueSatisfying(column -> assertThat(column.type()).isEqualTo(Simple.DATE));
  }

  @Test
  void scalarsAndObjectsInOnePlaceAreBothKept() {
    load(TABLE, "{\"c\":5}", "{\"c\":{\"x\":6}}", "{\"c\":[7]}");

    assertThat(column("table", "c")).containsExactly(5L);
    assertThat(column("table", "c__x")).containsExactly(6L);
    assertThat(column("table__c", "value")).containsExactly(7L);
  }

  @Test
  void aKeyThatComesTwiceInOneObjectIsADataError() {
    var report = loading.tryLoad(ListSource.ofJson(TABLE, "{\"a\":{\"b\":1},\"a\":{\"c\":2}}"));

    assertThat(report.error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_KEY));
  }

  @Test
  void aNewSpellingOfAKnownColumnIsItsAlias() {
    load(TABLE, "{\"ID\":1}");

    load(TABLE, "{\"id\":2}", "{\"ID\":3}", "{\"Id\":4}");

    assertThat(column("table", "id")).containsExactly(1L, 2L, 3L, 4L);
    assertThat(
            Laws.schema(destination, TableName.parse("ns.table"))
                .column("id")
                .orElseThrow()
                .sourcePaths())
        .containsExactlyInAnyOrder("ID", "id", "Id");
    assertThat(loading.tryLoad(ListSource.ofJson(TABLE, "{\"id\":2,\"ID\":3}")).error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_KEY));
  }

  @Test
  void depthIsLimitedAlsoInsideJson() {
    String deep = "[".repeat(40) + "]".repeat(40);
    var limits = loading.limits();
    var shallow =
        new dev.firn.pipeline.Limits(
            30, limits.lineBytes(), limits.stringBytes(), limits.columns(), limits.tables(), 1, 0);

    for (ResourceSpec resource : List.of(TABLE, TABLE.withMaxNesting(2))) {
      var report =
          loading.with(shallow).tryLoad(ListSource.ofJson(resource, "{\"a\":" + deep + "}"));

      assertThat(report.error())
          .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }
  }

  @Test
  void tooManyColumnsOrTablesAreRefusedByTheirKey() {
    String wide =
        "{"
            + String.join(
                ",", IntStream.range(0, 50).mapToObj(i -> "\"k%d\":1".formatted(i)).toList())
            + "}";
    var all = loading.limits();
    var narrow =
        new dev.firn.pipeline.Limits(all.depth(), all.lineBytes(), all.stringBytes(), 40, 5, 1, 0);

    var columns = loading.with(narrow).tryLoad(ListSource.ofJson(TABLE, wide));
    var tables =
        loading
            .with(narrow)
            .tryLoad(
                ListSource.ofJson(
                    TABLE,
                    wide.substring(0, 70).replace(":1", ":[1]").replaceAll(",\"[^,]*$", "") + "}"));

    assertThat(columns.error())
        .hasValueSatisfying(e -> assertThat(e.hint()).contains("limits.columns"));
    assertThat(tables.error())
        .hasValueSatisfying(e -> assertThat(e.hint()).contains("limits.tables"));
  }

  @Test
  void twoSpellingsOfADeclaredColumnMeetInOneName() {
    ResourceSpec declared = TABLE.withColumns(Map.of("foo_bar", Simple.LONG));

    var report = loading.tryLoad(ListSource.ofJson(declared, "{\"foo bar\":1}", "{\"foo-bar\":2}"));

    assertThat(report.error())
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_COLLISION));
  }

  @Test
  void listsAreFollowedAsDeepAsTablesMayBe() {
    String deep = "[".repeat(480) + "7" + "]".repeat(480);

    load(TABLE, "{\"id\":1,\"l\":" + deep + "}", "{\"id\":2}");

    assertThat(column("table", "id")).containsExactlyInAnyOrder(1L, 2L);
    assertThat(tables()).hasSize(481);
  }
}
