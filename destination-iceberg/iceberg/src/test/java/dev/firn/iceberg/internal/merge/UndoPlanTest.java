package dev.firn.iceberg.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.TableName;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits are taken out, row by row, from under those of others. */
class UndoPlanTest {
  private static final TableName ORDERS = TableName.parse("orders");

  private static Row[] rows(int from, int to, long amount) {
    return LongStream.range(from, to).mapToObj(id -> Row.of(id, amount)).toArray(Row[]::new);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 1000})
  void rowsGoAndComeBackHoweverManyAreLookedAtAtOnce(long rowsAtOnce) throws IOException {
    try (Lake lake = Lake.keyedBy("id")) {
      Load.of(lake, rows(0, 60, 1)).merge();
      Table table = lake.orders();
      long first = table.currentSnapshot().snapshotId();
      Load.of(lake, rows(20, 80, 2)).merge(); // updates 40, inserts 20
      table.refresh();
      Snapshot undone = table.currentSnapshot();
      Load.of(lake, rows(70, 90, 3)).merge(); // replaces 10 of those
      table.refresh();

      UndoPlan plan = UndoPlan.of(ORDERS, table, List.of(undone), rowsAtOnce);

      assertThat(undone.parentId()).isEqualTo(first);
      assertThat(positions(plan.gone().deletes()).values()).containsExactly(50L);
      assertThat(plan.back()).hasSize(1);
      TargetDeletes back = plan.back().get(0);
      assertThat(LongStream.range(0, 60).filter(row -> !back.positions().contains(row)))
          .hasSize(40);
    }
  }

  private static SortedMap<String, Long> positions(List<TargetDeletes> deletes) {
    SortedMap<String, Long> positions = new TreeMap<>();
    deletes.forEach(file -> positions.put(file.file().location(), file.positions().count()));
    return positions;
  }
}
