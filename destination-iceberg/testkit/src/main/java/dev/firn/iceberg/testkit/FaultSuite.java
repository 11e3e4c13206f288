package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadPackage;
import dev.firn.load.WriteDisposition;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A law: whatever happens to the commits of a row of loads, and whatever other writers do to the
 * tables meanwhile, each load is in the tables once and whole, or, when it was given up, not at
 * all. Loads of odd seeds meet tables of format version 3.
 */
public abstract class FaultSuite extends QuarantineSuite {
  private static final int LOADS = 4;
  private static final int MOST_FAULTS = 4;
  private static final TableSchema TAGS =
      TableSchema.of(ORDERS.child("tags"), LINE_COLUMNS.columns());

  // A load that is given up while its commit is under way may be there in the end. What is slow is
  // like any other here, where nothing happens meanwhile.
  private static final List<CommitFault> FAULTS =
      List.copyOf(
          EnumSet.complementOf(
              EnumSet.of(CommitFault.NONE, CommitFault.APPLIED_LATE, CommitFault.SLOW)));

  // id -> the order {@code id, name, products...} that the tables must hold
  private final Map<Integer, List<Object>> expected = new TreeMap<>();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void eachLoadIsThereOnceAndWholeOrNotAtAll(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < LOADS; i++) {
      loadUnderFaults(random);
      if (seed % 2 == 1) {
        tables().forEach(FaultSuite::upgrade);
      }
      if (random.nextBoolean()) {
        tables().forEach(UnfinishedLoadSuite::expireAllButTheCurrent);
      }
      assertTables("load %d of seed %d".formatted(i, seed));
    }
  }

  private void loadUnderFaults(Random random) {
    boolean replace = random.nextInt(4) == 0;
    TestLoad load =
        TestLoad.into(KEYED, replace ? WriteDisposition.REPLACE : WriteDisposition.MERGE);
    Map<Integer, List<Object>> records = records(random);
    addSet(load, List.copyOf(records.values()));
    addTags(load, List.copyOf(records.values()));
    LoadPackage sealed = stage(load);
    for (int i = random.nextInt(MOST_FAULTS + 1); i > 0; i--) {
      catalog.next(FAULTS.get(random.nextInt(FAULTS.size())));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      Consumer<Table> maintenance =
          random.nextBoolean() ? Compaction::run : FaultSuite::commitNothing;
      catalog.beforeNextCommit(() -> tables().forEach(maintenance));
    }
    if (finish(load, sealed, random)) {
      if (replace) {
        expected.clear();
      }
      expected.putAll(records);
    }
    catalog.calm();
  }

  // Orders of names that end with 1 have one tag, told by their products; often a load changes
  // none.
  private static void addTags(TestLoad load, List<List<Object>> records) {
    List<List<@Nullable Object>> tags = new ArrayList<>();
    List<Integer> roots = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (isTagged(records.get(i))) {
        roots.add(i);
        tags.add(line(tag(records.get(i)), (Integer) records.get(i).get(0), 0));
      }
    }
    load.children(TAGS, roots.stream().mapToInt(Integer::intValue).toArray(), tags);
  }

  private static boolean isTagged(List<Object> order) {
    return order.get(1).equals("name1");
  }

  private static String tag(List<Object> order) {
    return "tag of " + order.subList(2, order.size());
  }

  private List<Table> tables() {
    return Stream.of(ORDERS, LINE_COLUMNS.name(), TAGS.name())
        .filter(name -> destination.metadata().current(name).isPresent())
        .map(this::table)
        .toList();
  }

  private static void upgrade(Table table) {
    table.updateProperties().set("format-version", "3").commit();
  }

  // Another engine's maintenance: a snapshot that changes no row.
  private static void commitNothing(Table table) {
    table.newAppend().commit();
  }

  private static Map<Integer, List<Object>> records(Random random) {
    Map<Integer, List<Object>> records = new TreeMap<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      int id = random.nextInt(6);
      List<Object> order = new ArrayList<>(List.of(id, "name" + random.nextInt(2)));
      for (int product = random.nextInt(3); product > 0; product--) {
        order.add("product" + random.nextInt(3));
      }
      records.put(id, order);
    }
    return records;
  }

  // Whether the load is in the tables: repeated until it is, or given up on the way.
  private boolean finish(TestLoad load, LoadPackage sealed, Random random) {
    while (true) {
      try {
        commit(load, sealed);
        return true;
      } catch (FirnException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_UNAVAILABLE);
        if (random.nextInt(3) == 0) {
          catalog.calm();
          destination.discard(sealed, load.folder(project));
          return false;
        }
      }
    }
  }

  private void assertTables(String when) {
    List<List<Object>> orders = new ArrayList<>();
    List<List<Object>> lines = new ArrayList<>();
    List<List<Object>> tags = new ArrayList<>();
    for (List<Object> order : expected.values()) {
      long id = ((Integer) order.get(0)).longValue();
      orders.add(List.of(id, order.get(1)));
      order.subList(2, order.size()).forEach(product -> lines.add(List.of(product, "o" + id)));
      if (isTagged(order)) {
        tags.add(List.of(tag(order), "o" + id));
      }
    }
    if (destination.metadata().current(ORDERS).isEmpty()) {
      assertThat(orders).as(when).isEmpty();
      return;
    }
    assertThat(orders("id", "name")).as(when).containsExactlyInAnyOrderElementsOf(orders);
    assertChildren(LINE_COLUMNS.name(), lines, when);
    assertChildren(TAGS.name(), tags, when);
  }

  private void assertChildren(TableName name, List<List<Object>> rows, String when) {
    if (destination.metadata().current(name).isEmpty()) {
      assertThat(rows).as(when).isEmpty();
    } else {
      assertThat(TableContent.rows(table(name), "product", "_firn_parent_id"))
          .as(when)
          .containsExactlyInAnyOrderElementsOf(rows);
    }
  }
}
