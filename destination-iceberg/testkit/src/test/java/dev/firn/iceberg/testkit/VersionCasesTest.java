package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.ContractFile;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.MergeStrategy;
import dev.firn.load.TableOutcome;
import dev.firn.load.Validity;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSettings;
import dev.firn.source.ResourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of dlt's own suite on versions of rows (scd2), from JSON to Iceberg tables. */
class VersionCasesTest extends LoadingFixture {
  private static final String T1 = "2024-01-01T00:00:00Z";
  private static final String T2 = "2024-02-01T00:00:00Z";
  private static final String T3 = "2024-03-01T00:00:00Z";
  private static final String T4 = "2024-04-01T00:00:00Z";
  private static final TableSettings FORMAT_3 =
      new TableSettings(3, List.of(), 0, List.of(), Map.of(), Map.of());

  private static WriteRules versions(String boundary, String... mergeKey) {
    Validity validity =
        new Validity(
            "valid_from", "valid_to", Optional.empty(), Optional.of(boundary), Optional.empty());
    return by(MergeStrategy.SCD2).withMergeKey(List.of(mergeKey)).withValidity(validity);
  }

  private List<List<@Nullable Object>> held(String... columns) {
    String[] all = new String[columns.length + 2];
    System.arraycopy(columns, 0, all, 0, columns.length);
    all[columns.length] = "valid_from";
    all[columns.length + 1] = "valid_to";
    return rows("t", all).stream()
        .map(
            row -> {
              List<@Nullable Object> shown = new ArrayList<>();
              row.forEach(
                  value -> shown.add(value instanceof OffsetDateTime at ? short_(at) : value));
              return Collections.unmodifiableList(shown);
            })
        .toList();
  }

  private static String short_(OffsetDateTime at) {
    return at.toInstant().toString();
  }

  private static List<@Nullable Object> version(@Nullable Object... values) {
    return java.util.Arrays.asList(values);
  }

  // S01
  @Test
  void versionsBeginAndEndAtTheBoundariesOfLoads() {
    ResourceSpec first = merge(versions(T1));
    load(first, "{'nk':1,'c1':'foo','c2':{'nc1':'foo'}}", "{'nk':2,'c1':'bar','c2':{'nc1':'bar'}}");
    RunReport second =
        load(
            merge(versions(T2)),
            "{'nk':1,'c1':'foo','c2':{'nc1':'foo_updated'}}",
            "{'nk':2,'c1':'bar','c2':{'nc1':'bar'}}");
    load(merge(versions(T3)), "{'nk':1,'c1':'foo','c2':{'nc1':'foo_updated'}}");
    load(
        merge(versions(T4)),
        "{'nk':1,'c1':'foo','c2':{'nc1':'foo_updated'}}",
        "{'nk':3,'c1':'baz','c2':{'nc1':'baz'}}");

    assertThat(held("nk", "c2__nc1"))
        .containsExactlyInAnyOrder(
            version(1L, "foo", T1, T2),
            version(1L, "foo_updated", T2, null),
            version(2L, "bar", T1, T3),
            version(3L, "baz", T4, null));
    TableOutcome root = second.table("ns.t").orElseThrow();
    assertThat(root.inserted()).isEqualTo(1);
    assertThat(root.updated()).as("closed").isEqualTo(1);
    assertThat(root.unchanged()).isEqualTo(1);
    assertThat(root.total()).isEqualTo(3);
  }

  // S01
  @Test
  void withoutABoundaryVersionsBeginWhenTheirLoadDid() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    load(merge(by(MergeStrategy.SCD2)), "{'nk':1,'c1':'a'}");
    Instant between = Instant.now();
    load(merge(by(MergeStrategy.SCD2)), "{'nk':1,'c1':'b'}");

    assertThat(rows("t", "c1", "_firn_valid_from", "_firn_valid_to"))
        .anySatisfy(
            old -> {
              assertThat(old.get(0)).isEqualTo("a");
              assertThat(((OffsetDateTime) old.get(1)).toInstant()).isBetween(before, between);
              assertThat(((OffsetDateTime) old.get(2)).toInstant()).isAfter(before);
            })
        .anySatisfy(
            current -> {
              assertThat(current.get(0)).isEqualTo("b");
              assertThat(current.get(2)).isNull();
            })
        .hasSize(2);
  }

  @Test
  void versionsThatAllHoldMakeNoCommit() {
    load(merge(versions(T1)), "{'nk':1,'c1':'foo','list':[1,2]}");
    int commits = catalog.commits();

    RunReport again = load(merge(versions(T2)), "{'nk':1,'c1':'foo','list':[1,2]}");

    assertThat(catalog.commits()).isEqualTo(commits);
    assertThat(again.status()).isEqualTo("nothing-to-do");
  }

  @Test
  void childrenStayWithTheirVersion() {
    load(merge(versions(T1)), "{'nk':1,'c1':'foo','list':[1,2]}");
    load(merge(versions(T2)), "{'nk':1,'c1':'bar','list':[3]}");

    assertThat(values("t__list", "value")).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(new java.util.HashSet<>(values("t", "_firn_id"))).hasSize(2);
    assertThat(values("t", "_firn_id")).containsAll(values("t__list", "_firn_parent_id"));
    assertThat(held("c1"))
        .containsExactlyInAnyOrder(version("foo", T1, T2), version("bar", T2, null));
  }

  // S05
  @Test
  void aNaturalKeyKeepsWhatALoadDoesNotSpeakOf() {
    load(merge(versions(T1, "nk")), "{'nk':1,'c1':'foo'}", "{'nk':2,'c1':'bar'}");
    load(merge(versions(T2, "nk")), "{'nk':1,'c1':'bar'}");
    load(merge(versions(T3, "nk")), "{'nk':1,'c1':'foo'}");

    assertThat(held("nk", "c1"))
        .containsExactlyInAnyOrder(
            version(1L, "foo", T1, T2),
            version(1L, "bar", T2, T3),
            version(1L, "foo", T3, null),
            version(2L, "bar", T1, null));
  }

  @Test
  void versionsAreFoundByAKeyThatTheirLoadRenames() {
    load(merge(versions(T1, "nk")), "{'nk':1,'c1':'a'}", "{'nk':2,'c1':'b'}");
    load(
        merge(versions(T2, "nk")).withColumnEdits(new ColumnEdits(Map.of("nk", "nr"), List.of())),
        "{'nk':1,'c1':'c'}");

    assertThat(held("nr", "c1"))
        .containsExactlyInAnyOrder(
            version(1L, "a", T1, T2), version(1L, "c", T2, null), version(2L, "b", T1, null));
  }

  // S05
  @Test
  void aNaturalKeyMayBeOfSeveralColumns() {
    String[] key = {"first", "last"};
    load(
        merge(versions(T1, key)),
        "{'first':'John','last':'Doe','age':20}",
        "{'first':'John','last':'Dodo','age':20}");
    load(merge(versions(T2, key)), "{'first':'John','last':'Doe','age':30}");

    assertThat(held("last", "age"))
        .containsExactlyInAnyOrder(
            version("Doe", 20L, T1, T2),
            version("Doe", 30L, T2, null),
            version("Dodo", 20L, T1, null));
  }

  // S05
  @Test
  void aMergeKeyMayBeADayWithManyRows() {
    load(
        merge(versions(T1, "day")),
        "{'day':'2024-01-01','name':'a'}",
        "{'day':'2024-01-01','name':'b'}",
        "{'day':'2024-01-02','name':'a'}",
        "{'day':'2024-01-02','name':'b'}");
    load(
        merge(versions(T2, "day")),
        "{'day':'2024-01-01','name':'a'}",
        "{'day':'2024-01-01','name':'bb'}");

    assertThat(held("name"))
        .containsExactlyInAnyOrder(
            version("a", T1, null),
            version("b", T1, T2),
            version("bb", T2, null),
            version("a", T1, null),
            version("b", T1, null));
  }

  @Test
  void ofSeveralVersionsOfOnePrimaryKeyTheLastOneBegins() {
    load(merge(versions(T1, "nk"), "nk"), "{'nk':1,'c1':'a'}", "{'nk':1,'c1':'b'}");

    assertThat(held("c1")).containsExactly(version("b", T1, null));
  }

  @Test
  void aRecordThatDeletesClosesItsVersion() {
    WriteRules first = versions(T1, "nk").withHardDelete("gone");
    WriteRules second = versions(T2, "nk").withHardDelete("gone");
    load(merge(first), "{'nk':1,'c1':'a'}", "{'nk':2,'c1':'b'}");
    load(merge(second), "{'nk':1,'gone':true}");

    assertThat(held("nk")).containsExactlyInAnyOrder(version(1L, T1, T2), version(2L, T1, null));
  }

  @Test
  void versionsHoldUntilTheTimeThatMeansForever() {
    String forever = "9999-12-31T00:00:00Z";
    Validity validity =
        new Validity(
            "valid_from", "valid_to", Optional.of(forever), Optional.of(T1), Optional.of("v"));
    WriteRules rules = by(MergeStrategy.SCD2).withValidity(validity);
    load(merge(rules), "{'nk':1,'v':1,'c1':'a'}", "{'nk':2,'v':7,'c1':'b'}");
    Validity later =
        new Validity(
            "valid_from", "valid_to", Optional.of(forever), Optional.of(T2), Optional.of("v"));

    load(
        merge(by(MergeStrategy.SCD2).withValidity(later)),
        "{'nk':1,'v':1,'c1':'changed, but not its version'}",
        "{'nk':2,'v':8,'c1':'b'}");

    assertThat(held("nk", "c1"))
        .containsExactlyInAnyOrder(
            version(1L, "a", T1, forever), version(2L, "b", T1, T2), version(2L, "b", T2, forever));
  }

  @Test
  void aBoundaryThatGoesBackwardsChangesNothing() {
    load(merge(versions(T2, "nk")), "{'nk':1,'c1':'a'}");
    load(merge(versions(T3, "nk")), "{'nk':1,'c1':'b'}");

    assertThatThrownBy(() -> load(merge(versions(T1, "nk")), "{'nk':1,'c1':'c'}"))
        .hasMessageContaining(T1)
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.UNMERGEABLE);
    assertThat(held("c1")).containsExactlyInAnyOrder(version("a", T2, T3), version("b", T3, null));
  }

  @Test
  void anotherColumnForTheEndsOfVersionsIsRefused() {
    load(merge(versions(T1, "nk")), "{'nk':1,'c1':'a'}");
    Validity other =
        new Validity("valid_from", "ended", Optional.empty(), Optional.of(T2), Optional.empty());
    WriteRules rules = versions(T2, "nk").withValidity(other);

    assertThatThrownBy(() -> load(merge(rules), "{'nk':1,'c1':'b'}"))
        .hasMessageContaining("'valid_to'")
        .hasMessageContaining("'ended'")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.UNMERGEABLE);
    load(merge(versions(T2, "nk")), "{'nk':1,'c1':'b'}");

    assertThat(held("c1")).containsExactlyInAnyOrder(version("a", T1, T2), version("b", T2, null));
  }

  @Test
  void theColumnForTheEndsOfVersionsMayBeRenamed() {
    load(merge(versions(T1, "nk")), "{'nk':1,'c1':'a'}");
    Validity renamed =
        new Validity("valid_from", "ended", Optional.empty(), Optional.of(T2), Optional.empty());
    ColumnEdits edits = new ColumnEdits(Map.of("valid_to", "ended"), List.of());

    load(
        merge(versions(T2, "nk").withValidity(renamed)).withColumnEdits(edits),
        "{'nk':1,'c1':'b'}");

    assertThat(rows("t", "c1", "ended"))
        .extracting(row -> row.get(0) + " " + (row.get(1) == null))
        .containsExactlyInAnyOrder("a false", "b true");
  }

  @Test
  void aColumnNamedLikeAValidityColumnIsRefused() {
    assertThatThrownBy(() -> load(merge(versions(T1)), "{'nk':1,'valid_to':'x'}"))
        .hasMessageContaining("'valid_to'")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.NAME_COLLISION);
    assertThat(destination.metadata().current(TableName.parse("ns.t"))).isEmpty();
  }

  @Test
  void aLoadGoesOnAfterABoundaryThatWasRefused() {
    load(merge(versions(T2, "nk")), "{'nk':1,'c1':'a'}");
    assertThatThrownBy(() -> load(merge(versions(T1, "nk")), "{'nk':1,'c1':'b'}"))
        .hasMessageContaining(T1);

    load(merge(versions(T3, "nk")), "{'nk':1,'c1':'c'}");

    assertThat(held("c1")).containsExactlyInAnyOrder(version("a", T2, T3), version("c", T3, null));
  }

  @Test
  void rowsFromBeforeThereWereVersionsAreClosedLikeOthers() {
    load(ResourceSpec.named("t"), "{'nk':1,'c1':'a'}");

    load(merge(versions(T1)));

    assertThat(held("nk", "c1")).containsExactly(version(1L, "a", null, T1));
  }

  @Test
  void aReplayClosesNothingThatItDoesNotBring() {
    load(atMost(merge(versions(T1)), "v", 10), "{'nk':1,'v':1}", "{'nk':2,'v':2}");
    load(atMost(merge(versions(T2)), "v", 10), "{'nk':1,'v':1}", "{'nk':2,'v':20}");
    assertThat(held("nk", "v"))
        .containsExactlyInAnyOrder(version(1L, 1L, T1, null), version(2L, 2L, T1, T2));

    replay(atMost(merge(versions(T3)), "v", 100));

    assertThat(held("nk", "v"))
        .containsExactlyInAnyOrder(
            version(1L, 1L, T1, null), version(2L, 2L, T1, T2), version(2L, 20L, T3, null));
  }

  @Test
  void historyThatIsClosedIsNotReadAgain() throws Exception {
    load(merge(versions(T1)), "{'nk':1,'c1':'a'}");
    load(merge(versions(T2)), "{'nk':1,'c1':'b'}");
    for (Path each : dataFiles()) {
      if (each.toString().contains("-closed-")) {
        Files.write(each, new byte[0]);
      }
    }

    load(merge(versions(T3)), "{'nk':1,'c1':'b'}", "{'nk':2,'c1':'c'}");

    assertThat(snapshots(TableName.parse("ns.t"))).isEqualTo(3);
  }

  @Test
  void closedVersionsKeepTheirRowIds() {
    ResourceSpec first = merge(versions(T1)).withTableSettings(FORMAT_3);
    load(first, "{'c1':'a'}", "{'c1':'b'}");
    Table table = table(TableName.parse("ns.t"));
    Map<Object, Object> ids = TableContent.rowIds(table, "c1");

    load(merge(versions(T2)).withTableSettings(FORMAT_3), "{'c1':'b'}", "{'c1':'c'}");

    closedAsIdsTell(ids);
  }

  @Test
  void closedVersionsTakeColumnsOfAnyTypeAlong() {
    load(merge(versions(T1)).withTableSettings(FORMAT_3), "{'c1':'a'}", "{'c1':'b'}");
    Table table = table(TableName.parse("ns.t"));
    table
        .updateSchema()
        .addColumn("words", Types.ListType.ofOptional(1, Types.StringType.get()))
        .commit();
    Map<Object, Object> ids = TableContent.rowIds(table, "c1");

    load(merge(versions(T2)).withTableSettings(FORMAT_3), "{'c1':'b'}", "{'c1':'c'}");

    closedAsIdsTell(ids);
  }

  private void closedAsIdsTell(Map<Object, Object> before) {
    Table table = table(TableName.parse("ns.t"));
    assertThat(held("c1"))
        .containsExactlyInAnyOrder(
            version("a", T1, T2), version("b", T1, null), version("c", T2, null));
    assertThat(TableContent.rowIds(table, "c1")).hasSize(3).containsAllEntriesOf(before);
    Map<Object, Object> changes = TableContent.lastChanges(table, "c1");
    assertThat(changes.get("a")).isEqualTo(changes.get("c")).isNotEqualTo(changes.get("b"));
  }

  private static ResourceSpec uniqueMail(String boundary, int bound) {
    return merge(versions(boundary))
        .withContract(
            ContractFile.parse(
                "c.yaml",
                "columns: {mail: {type: string, unique: table},"
                    + " v: {type: long, max: {value: %d, on-violation: quarantine}}}"
                        .formatted(bound)));
  }

  @Test
  void aValueThatOnlyAClosedVersionHasMayComeAgain() {
    load(
        uniqueMail(T1, 10),
        "{'nk':1,'mail':'a','v':1}",
        "{'nk':2,'mail':'b','v':1}",
        "{'nk':3,'mail':'a','v':99}",
        "{'nk':4,'mail':'b','v':999}");
    load(uniqueMail(T2, 10), "{'nk':1,'mail':'c','v':1}", "{'nk':2,'mail':'b','v':1}");

    replay(uniqueMail(T3, 100));

    assertThat(held("nk", "mail"))
        .containsExactlyInAnyOrder(
            version(1L, "a", T1, T2),
            version(1L, "c", T2, null),
            version(2L, "b", T1, null),
            version(3L, "a", T3, null));
    assertThatThrownBy(() -> replay(uniqueMail(T4, 1000)))
        .hasMessageContaining("unique mail in the table: 1 row of the table")
        .hasMessageContaining("table ns.t: mail is 'b', expected unique in the table");
  }
}
