package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cases of dlt's own suite on merges, from JSON to Iceberg tables. */
class MergeCasesTest extends LoadingFixture {
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

  // M01
  @Test
  void aKeyKeepsItsColumnWhenTheSourceSpellsItAnew() {
    load(merge(WriteRules.DEFAULT, "ID"), "{'ID':1,'foo':1,'nothing':null,'child':[1]}");
    load(merge(WriteRules.DEFAULT, "id"), "{'id':1,'foo':2,'nothing':null,'child':[2]}");

    assertThat(rows("t", "id", "foo")).containsExactly(List.of(1L, 2L));
    assertThat(values("t__child", "value")).containsExactly(2L);
    assertThat(table(TableName.parse("ns.t")).schema().findField("nothing")).isNull();
  }

  @Test
  void rowsAreFoundByAKeyThatTheirLoadRenames() {
    WriteRules day = WriteRules.DEFAULT.withMergeKey(List.of("id"));
    Map<String, ResourceSpec> ways =
        Map.of(
            "key", merge(WriteRules.DEFAULT, "id"),
            "merge_key", merge(day),
            "both", merge(day, "v"));

    ways.forEach(
        (table, way) -> {
          ResourceSpec resource = way.withTable(table);
          load(resource, "{'id':1,'v':'a','c':[1]}", "{'id':2,'v':'b','c':[2]}");
          load(
              resource.withColumnEdits(new ColumnEdits(Map.of("id", "nr"), List.of())),
              "{'id':1,'v':'c','c':[3]}");

          assertThat(rows(table, "nr", "v"))
              .as(table)
              .containsExactlyInAnyOrder(List.of(1L, "c"), List.of(2L, "b"));
          assertThat(values(table + "__c", "value")).as(table).containsExactlyInAnyOrder(2L, 3L);
        });
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

  @Test
  void whatIsInQuarantineIsAbsentUntilItIsReplayed() {
    ResourceSpec all = merge(WriteRules.DEFAULT.withDeleteAbsent(true), "id");
    load(atMost(all, "v", 10), "{'id':1,'v':1}", "{'id':2,'v':2}", "{'id':3,'v':3}");
    load(atMost(all, "v", 10), "{'id':1,'v':1}", "{'id':2,'v':20}");
    assertThat(values("t", "id")).containsExactly(1L);

    replay(atMost(all, "v", 100));

    assertThat(rows("t", "id", "v")).containsExactlyInAnyOrder(List.of(1L, 1L), List.of(2L, 20L));
  }

  @Test
  void recordsThatAreAllInQuarantineMakeATableAllTheSame() {
    for (MergeStrategy strategy : MergeStrategy.values()) {
      String table = strategy.name().toLowerCase(Locale.ROOT);
      ResourceSpec resource = merge(by(strategy), "id").withTable(table);

      load(atMost(resource, "v", 10), "{'id':1,'v':11}");
      load(atMost(resource, "v", 10), "{'id':2,'v':2}");

      assertThat(values(table, "id")).as(table).containsExactly(2L);
      assertThat(values(table + "__quarantine", "resource")).hasSize(1);
    }
  }

  @Test
  void rowsThatNeverHadTheKeyAreAbsent() {
    load(ResourceSpec.named("t"), "{'v':1}", "{'v':2}");

    load(merge(WriteRules.DEFAULT.withDeleteAbsent(true), "id"), "{'id':7,'v':3}");

    assertThat(rows("t", "id", "v")).containsExactly(List.of(7L, 3L));
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
