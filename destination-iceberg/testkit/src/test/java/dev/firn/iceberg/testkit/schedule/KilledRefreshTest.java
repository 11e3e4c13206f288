package dev.firn.iceberg.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.destination.Destination;
import dev.firn.iceberg.IcebergDestinationProvider;
import dev.firn.iceberg.testkit.FaultyCatalog;
import dev.firn.iceberg.testkit.FaultyFileIO;
import dev.firn.iceberg.testkit.KillSwitch;
import dev.firn.pipeline.Firn;
import dev.firn.pipeline.Refresh;
import dev.firn.pipeline.Resource;
import dev.firn.pipeline.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refreshes that are killed at each of their calls to catalog and storage. */
class KilledRefreshTest {
  private static final List<Order> ORDERS =
      List.of(
          new Order(1, 1, "n1", List.of("pen", "ink"), false),
          new Order(2, 2, "n2", List.of("pad"), false));
  private static final Held ALL = new Held(2, ORDERS, List.of());

  @TempDir private Path machines;

  @ParameterizedTest
  @EnumSource
  void aRefreshThatIsKilledAnywhereLosesNoRow(Refresh mode) {
    RunOptions refreshing = RunOptions.DEFAULT.withRefresh(Optional.of(mode));
    boolean killed = true;
    for (int calls = 0; killed; calls++) {
      try (Lake lake = new Lake(false)) {
        Path machine = machines.resolve("killed-after-" + calls);
        run(lake, machine, KillSwitch.never(), RunOptions.DEFAULT);
        KillSwitch power = KillSwitch.after(calls);

        run(lake, machine, power, refreshing);
        killed = power.killed();
        run(lake, machine, KillSwitch.never(), RunOptions.DEFAULT);

        assertThat(lake.rows()).as("killed after %d calls", calls).isEqualTo(ALL.rows());
        assertThat(lake.lines()).as("killed after %d calls", calls).isEqualTo(ALL.lines());
        assertThat(lake.cursor()).isEqualTo(2);
      }
    }
  }

  private static void run(Lake lake, Path machine, KillSwitch power, RunOptions options) {
    FaultyCatalog catalog =
        new FaultyCatalog(lake.catalog())
            .dyingBy(power)
            .storage(io -> new FaultyFileIO(io).dyingBy(power));
    Destination destination = IcebergDestinationProvider.of(catalog, "the lake", round -> {});
    Resource orders =
        Resource.of("orders", () -> ORDERS.stream().map(Order::json).toList()).incremental("seq");
    try {
      Firn.pipeline("shop").workFolder(machine).run(destination, options, orders);
    } catch (KillSwitch.Killed | RuntimeException e) {
      assertThat(power.killed()).as("only the dead end with %s", e).isTrue();
    }
  }
}
