package dev.firn.iceberg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.load.DeleteMode;
import dev.firn.load.MergeStrategy;
import dev.firn.load.Validity;
import dev.firn.load.WriteRules;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSettings;
import dev.firn.source.ResourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * After ten merges, a reader that nobody here wrote sees the rows that a map would hold: each value
 * of root and child tables, in every delete mode and with versions.
 */
public abstract class OutsideMergesSuite extends LoadingFixture {
  private static final int MERGES = 10;
  private static final int KEYS = 300;
  private static final int CHANGES = 120;

  private final Random random = new Random(20_261_121);
  private final Map<Long, Order> model = new TreeMap<>();

  /** What the reader under test sees in the table's current snapshot. */
  protected abstract TableDigest digest(Table table);

  private record Order(long id, long amount, String name, List<Integer> items) {
    String json() {
      return "{'id':%d,'amount':%d,'price':%d.25,'name':'%s','items':%s}"
          .formatted(id, amount, amount, name, items);
    }
  }

  private Order order(long id) {
    List<Integer> items = random.ints(random.nextInt(4), 0, 100).boxed().toList();
    return new Order(id, random.nextInt(1_000_000), "n" + random.nextInt(50), items);
  }

  private static ResourceSpec resource(int format, DeleteMode mode) {
    return merge(WriteRules.DEFAULT.withHardDelete("gone").withDeleteMode(mode), "id")
        .withTableSettings(new TableSettings(format, List.of(), 0, List.of(), Map.of(), Map.of()));
  }

  /** Changes of many keys, some of them twice. */
  private String[] changes() {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      long id = random.nextInt(KEYS);
      if (random.nextInt(10) == 0) {
        records.add("{'id':%d,'gone':true}".formatted(id));
        model.remove(id);
      } else {
        Order order = order(id);
        records.add(order.json());
        model.put(id, order);
      }
    }
    return records.toArray(String[]::new);
  }

  private Table tableOf(String name) {
    return table(TableName.parse("ns." + name));
  }

  private void assertSeenAlike(String name) {
    assertThat(digest(tableOf(name))).isEqualTo(TableDigest.of(tableOf(name)));
  }

  private void mergeTenTimes(int format, DeleteMode mode) {
    for (int i = 0; i < MERGES; i++) {
      load(resource(format, mode), changes());
    }

    assertThat(rows("t", "id", "amount", "name"))
        .containsExactlyInAnyOrderElementsOf(
            model.values().stream()
                .<List<@Nullable Object>>map(o -> List.of(o.id(), o.amount(), o.name()))
                .toList());
    assertThat(values("t__items", "value"))
        .containsExactlyInAnyOrderElementsOf(
            model.values().stream()
                .flatMap(order -> order.items().stream())
                .map(item -> (Object) item.longValue())
                .toList());
    assertSeenAlike("t");
    assertSeenAlike("t__items");
  }

  @Test
  void positionDeletesAreReadAlike() {
    mergeTenTimes(2, DeleteMode.POSITION_DELETES);
  }

  @Test
  void copiesAreReadAlike() {
    mergeTenTimes(2, DeleteMode.COPY_ON_WRITE);
  }

  @Test
  void vectorsAreReadAlike() {
    mergeTenTimes(3, DeleteMode.DELETION_VECTORS);
  }

  @Test
  void copiesWithRowIdsAreReadAlike() {
    mergeTenTimes(3, DeleteMode.COPY_ON_WRITE);
  }

  @Test
  void versionsAreReadAlike() {
    for (int i = 1; i <= MERGES; i++) {
      WriteRules rules =
          by(MergeStrategy.SCD2)
              .withValidity(
                  new Validity(
                      "valid_from",
                      "valid_to",
                      Optional.empty(),
                      Optional.of("2024-01-%02dT00:00:00.000001Z".formatted(i)),
                      Optional.empty()));
      for (int change = 0; change < CHANGES; change++) {
        long id = random.nextInt(KEYS);
        model.put(id, order(id));
      }
      model.remove((long) random.nextInt(KEYS));

      load(merge(rules, "id"), model.values().stream().map(Order::json).toArray(String[]::new));
    }

    assertThat(
            rows("t", "id", "amount", "valid_to").stream()
                .filter(row -> row.get(2) == null)
                .map(row -> row.get(0) + " " + row.get(1)))
        .containsExactlyInAnyOrderElementsOf(
            model.values().stream()
                .map(order -> order.id() + " " + order.amount())
                .collect(Collectors.toList()));
    assertSeenAlike("t");
    assertSeenAlike("t__items");
  }
}
