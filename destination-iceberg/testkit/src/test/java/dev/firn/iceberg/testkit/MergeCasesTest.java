package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogProvider;
import dev.firn.load.MergeStrategy;
import dev.firn.load.TableOutcome;
import dev.firn.load.Validity;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import dev.firn.testkit.Laws;
import dev.firn.testkit.ListSource;
import dev.firn.testkit.Loading;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cases of dlt's own suite on merges and versions of rows, from JSON to Iceberg tables. */
class MergeCasesTest extends DestinationFixture {
  private static final String T1 = "2024-01-01T00:00:00Z";
  private static final String T2 = "2024-02-01T00:00:00Z";
  private static final String T3 = "2024-03-01T00:00:00Z";
  private static final String T4 = "2024-04-01T00:00:00Z";

  private Loading loading = Loading.into(new dev.firn.testkit.MemoryDestination());

  @Override
  protected CatalogProvider provider() {
    return new JdbcCatalogTest().provider();
  }

  @BeforeEach
  void begin() {
    loading = Loading.into(destination);
  }

  private RunReport load(ResourceSpec resource, String... records) {
    RunReport report =
        loading.load(
            ListSource.ofJson(
                resource, List.of(records).stream().map(each -> each.replace('\'', '"')).toList()));
    Laws.everyRecordIsCounted(report);
    return report;
  }

  private static ResourceSpec merge(WriteRules rules, String... key) {
    return ResourceSpec.named("t")
        .withKey(List.of(key))
        .withDisposition(WriteDisposition.MERGE)
        .withRules(rules);
  }

  private static WriteRules by(MergeStrategy strategy) {
    return WriteRules.DEFAULT.withStrategy(strategy);
  }

  private List<List<@Nullable Object>> rows(String table, String... columns) {
    return TableContent.rows(table(TableName.parse("ns." + table)), columns);
  }

  private List<@Nullable Object> values(String table, String column) {
    List<@Nullable Object> values = new ArrayList<>();
    rows(table, column).forEach(row -> values.add(row.get(0)));
    return values;
  }

  // M01
  @Test
  void updatesReachThreeLevels() {
    for (MergeStrategy strategy : List.of(MergeStrategy.UPSERT, MergeStrategy.DELETE_INSERT)) {
      ResourceSpec resource =
          merge(by(strategy), "id").withTable("m01_" + strategy.word().charAt(0));
      String table = resource.table().orElseThrow();
      load(
          resource,
          "{'id':1,'foo':1,'child':[{'bar':1,'grandchild':[{'baz':1}]}]}",
          "{'id':2,'foo':1,'child':[{'bar':1,'grandchild':[{'baz':1}]}]}");
      load(
          resource,
          "{'id':1,'foo':2,'child':[{'bar':1,'grandchild':[{'baz':1}]}]}",
          "{'id':2,'foo':1,'child':[{'bar':1,'grandchild':[{'baz':1}]}]}");
      load(
          resource,
          "{'id':1,'foo':2,'child':[{'bar':2,'grandchild':[{'baz':1}]}]}",
          "{'id':2,'foo':1,'child':[{'bar':1,'grandchild':[{'baz':1}]}]}");
      RunReport last =
          load(
              resource,
              "{'id':1,'foo':2,'child':[{'bar':2,'grandchild':[{'baz':2}]}]}",
              "{'id':2,'foo':1,'child':[{'bar':1,'grandchild':[{'baz':1}]}]}");

      assertThat(rows(table, "id", "foo"))
          .containsExactlyInAnyOrder(List.of(1L, 2L), List.of(2L, 1L));
      assertThat(values(table + "__child", "bar")).containsExactlyInAnyOrder(2L, 1L);
      assertThat(values(table + "__child__grandchild", "baz")).containsExactlyInAnyOrder(2L, 1L);
      assertThat(last.table("ns." + table).orElseThrow().unchanged()).isEqualTo(1);
    }
  }

  // M02
  @Test
  void elementsThatAreGoneLeaveNoOrphans() {
    String[] three = {
      "{'id':1,'foo':1,'child':[{'bar':1,'grandchild':[{'baz':1}]}]}",
      "{'id':2,'foo':1,'child':[{'bar':2,'grandchild':[{'baz':2}]}]}",
      "{'id':3,'foo':1,'child':[{'bar':3,'grandchild':[{'baz':3}]}]}"
    };
    String[] two = {"{'id':1,'foo':1,'child':[{'bar':2}]}", "{'id':2,'foo':1}"};
    WriteRules shared = WriteRules.DEFAULT.withMergeKey(List.of("foo"));
    ResourceSpec deleting = merge(shared, "id").withTable("m02_d");
    ResourceSpec upsert = merge(WriteRules.DEFAULT, "id").withTable("m02_u");
    load(deleting, three);
    load(upsert, three);

    load(deleting, two);
    load(upsert, two);

    assertThat(values("m02_d", "id")).containsExactlyInAnyOrder(1L, 2L);
    assertThat(values("m02_d__child", "bar")).containsExactly(2L);
    assertThat(values("m02_d__child__grandchild", "baz")).isEmpty();
    assertThat(values("m02_u", "id")).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(values("m02_u__child", "bar")).containsExactlyInAnyOrder(2L, 3L);
    assertThat(values("m02_u__child__grandchild", "baz")).containsExactly(3L);

    String[] back = {
      "{'id':1,'foo':1,'child':[{'bar':1,'grandchild':[{'baz':1},{'baz':4}]}]}",
      "{'id':2,'foo':1,'child':[{'bar':2,'grandchild':[{'baz':2}]},{'bar':4}]}",
      "{'id':3,'foo':1,'child':[{'bar':3,'grandchild':[{'baz':3}]}]}"
    };
    load(deleting, back);
    assertThat(values("m02_d", "id")).hasSize(3);
    assertThat(values("m02_d__child", "bar")).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    assertThat(values("m02_d__child__grandchild", "baz")).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
  }

  // M05
  @Test
  void doublesOfALoadAreOneByPrimaryKeyAndManyByMergeKey() {
    String[] doubles = {
      "{'id':1,'subkey':'x','child':[1,2,3]}", "{'id':1,'subkey':'x','child':[4,5,6]}"
    };
    WriteRules byId = WriteRules.DEFAULT.withMergeKey(List.of("id"));
    WriteRules byBoth = WriteRules.DEFAULT.withMergeKey(List.of("id", "subkey"));

    load(merge(WriteRules.DEFAULT, "id").withTable("m05_a"), doubles);
    load(merge(WriteRules.DEFAULT, "id", "subkey").withTable("m05_b"), doubles);
    load(merge(byId).withTable("m05_c"), doubles);
    load(merge(byBoth).withTable("m05_d"), doubles);

    assertThat(values("m05_a", "id")).hasSize(1);
    assertThat(values("m05_a__child", "value")).containsExactlyInAnyOrder(4L, 5L, 6L);
    assertThat(values("m05_b", "id")).hasSize(1);
    assertThat(values("m05_c", "id")).hasSize(2);
    assertThat(values("m05_c__child", "value")).hasSize(6);
    assertThat(values("m05_d", "id")).hasSize(2);
  }

  // M07
  @Test
  void recordsDeleteByPrimaryKey() {
    ResourceSpec resource = merge(WriteRules.DEFAULT.withHardDelete("deleted"), "id");
    load(resource, "{'id':1,'val':'foo'}", "{'id':2,'val':'bar'}");
    load(resource, "{'id':1,'deleted':true}");
    assertThat(values("t", "id")).containsExactly(2L);

    load(resource, "{'id':2,'val':'baz','deleted':null}");
    assertThat(rows("t", "id", "val")).containsExactly(List.of(2L, "baz"));

    load(resource, "{'id':3,'val':'foo'}", "{'id':3,'val':'bar'}");
    assertThat(values("t", "id")).containsExactlyInAnyOrder(2L, 3L);

    load(resource, "{'id':3,'deleted':true}");
    assertThat(values("t", "id")).containsExactly(2L);
  }

  // M07
  @Test
  void recordsDeleteByMergeKey() {
    ResourceSpec resource =
        merge(WriteRules.DEFAULT.withMergeKey(List.of("id")).withHardDelete("deleted"));
    load(resource, "{'id':2,'val':'baz'}");
    load(resource, "{'id':3,'val':'foo'}", "{'id':3,'val':'bar'}");
    assertThat(values("t", "id")).containsExactlyInAnyOrder(2L, 3L, 3L);

    load(resource, "{'id':3,'deleted':true}");

    assertThat(values("t", "id")).containsExactly(2L);
  }

  // M07
  @Test
  void whatDeletesCascades() {
    ResourceSpec resource = merge(WriteRules.DEFAULT.withHardDelete("deleted"), "id");
    load(
        resource,
        "{'id':1,'child_1':[1,2],'child_2':[{'grandchild':[1,2]},{'grandchild':[3]}]}",
        "{'id':2,'child_1':[3],'child_2':[{'grandchild':[4,5]}]}");

    load(resource, "{'id':1,'deleted':true}");
    assertThat(values("t", "id")).containsExactly(2L);
    assertThat(values("t__child_1", "value")).containsExactly(3L);
    assertThat(values("t__child_2__grandchild", "value")).containsExactlyInAnyOrder(4L, 5L);

    load(resource, "{'id':2,'deleted':true}");
    assertThat(values("t", "id")).isEmpty();
    assertThat(values("t__child_1", "value")).isEmpty();
    assertThat(values("t__child_2", "_firn_list_idx")).isEmpty();
    assertThat(values("t__child_2__grandchild", "value")).isEmpty();
  }

  // M09
  @Test
  void onlyNewKeysAreInserted() {
    ResourceSpec resource = merge(by(MergeStrategy.INSERT_ONLY).withHardDelete("deleted"), "id");
    load(resource, "{'id':1,'name':'Alice','n':100}", "{'id':2,'name':'Bob','n':200}");

    load(
        resource,
        "{'id':1,'name':'Alice Updated','n':999}",
        "{'id':2,'name':'Bob','n':200}",
        "{'id':3,'name':'Charlie','n':300,'deleted':true}",
        "{'id':4,'name':'Dora','n':400}");

    assertThat(rows("t", "id", "name"))
        .containsExactlyInAnyOrder(List.of(1L, "Alice"), List.of(2L, "Bob"), List.of(4L, "Dora"));
  }

  // M09
  @Test
  void onlyChildrenOfNewKeysAreInserted() {
    ResourceSpec resource = merge(by(MergeStrategy.INSERT_ONLY), "id");
    load(
        resource, "{'id':1,'name':'Parent1','child':[1]}", "{'id':2,'name':'Parent2','child':[2]}");

    load(
        resource,
        "{'id':1,'name':'Changed','child':[1,3]}",
        "{'id':3,'name':'Parent3','child':[4]}");

    assertThat(rows("t", "id", "name"))
        .containsExactlyInAnyOrder(
            List.of(1L, "Parent1"), List.of(2L, "Parent2"), List.of(3L, "Parent3"));
    assertThat(values("t__child", "value")).containsExactlyInAnyOrder(1L, 2L, 4L);
  }

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
  void aColumnNamedLikeAValidityColumnIsRefused() {
    assertThatThrownBy(() -> load(merge(versions(T1)), "{'nk':1,'valid_to':'x'}"))
        .hasMessageContaining("'valid_to'")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.NAME_COLLISION);
    assertThat(destination.metadata().current(TableName.parse("ns.t"))).isEmpty();
  }

  // T01
  @Test
  void tablesOfAllTypesAreAppendedToAndReplaced() {
    String record =
        "{'i':1,'d':1.5,'s':'x','b':true,'t':'2024-01-01T00:00:00Z','n':null,'j':{'k':1}}";
    String[] ten = Collections.nCopies(10, record).toArray(String[]::new);
    ResourceSpec append = ResourceSpec.named("t");
    load(append, ten);
    load(append, ten);
    assertThat(values("t", "i")).hasSize(20);

    load(append.withDisposition(WriteDisposition.REPLACE), ten);

    assertThat(values("t", "i")).hasSize(10);
    assertThat(snapshots(TableName.parse("ns.t"))).isEqualTo(3);
  }

  // T02
  @Test
  void aMergeWithoutChildrenFollowsOneWithChildren() {
    String[] nested = {"{'id':1,'l':[{'m':[1]},{'m':[2,3]}]}", "{'id':2,'l':[{'m':[4,5]}]}"};
    ResourceSpec append = ResourceSpec.named("t").withKey(List.of("id"));
    ResourceSpec replace = append.withDisposition(WriteDisposition.REPLACE);
    load(append, nested);
    load(append, nested);
    assertThat(values("t", "id")).hasSize(4);
    assertThat(values("t__l", "_firn_list_idx")).hasSize(6);
    assertThat(values("t__l__m", "value")).hasSize(10);
    load(replace, nested);
    assertThat(values("t", "id")).hasSize(2);
    assertThat(values("t__l__m", "value")).hasSize(5);
    String[] flat = new String[10_000];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = "{'id':%d}".formatted(i);
    }

    load(append.withDisposition(WriteDisposition.MERGE), flat);

    assertThat(values("t", "id")).hasSize(10_000);
    assertThat(values("t__l", "_firn_list_idx")).isEmpty();
    assertThat(values("t__l__m", "value")).isEmpty();
  }
}
