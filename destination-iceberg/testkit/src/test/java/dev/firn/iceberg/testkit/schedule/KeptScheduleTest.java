package dev.firn.iceberg.testkit.schedule;

import dev.firn.iceberg.testkit.LookFault;
import dev.firn.iceberg.testkit.Maintenance;
import dev.firn.iceberg.testkit.schedule.Step.Arrival;
import dev.firn.iceberg.testkit.schedule.Step.Arriving;
import dev.firn.iceberg.testkit.schedule.Step.Foreign;
import dev.firn.iceberg.testkit.schedule.Step.Load;
import dev.firn.iceberg.testkit.schedule.Step.Weather;
import dev.firn.load.DeleteMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedules that have shown a fault, made short. */
class KeptScheduleTest {
  @TempDir private Path machine;

  @Test
  void linesThatWereCopiedOnceGoWithTheirOrderLater() {
    Step fair = new Load(Weather.FAIR);
    new Schedule(
            new Shape(Way.UPSERT, DeleteMode.COPY_ON_WRITE, false),
            List.of(
                arrivals(0, 4, 2, 3),
                fair,
                new Arrival(List.of(new Arriving(0, true)), false),
                fair,
                arrivals(3)))
        .play(machine);
  }

  @Test
  void linesOfAVersionOutliveItsCompactionAndTheirExpiry() {
    Weather compaction =
        Weather.FAIR.withMeanwhile(List.of(new Foreign(Maintenance.COMPACTION, 0)));
    new Schedule(
            new Shape(Way.VERSIONS_OF_ALL, DeleteMode.DELETION_VECTORS, true),
            List.of(
                arrivals(2),
                new Load(Weather.FAIR),
                new Arrival(List.of(new Arriving(4, false)), true),
                new Load(compaction),
                new Foreign(Maintenance.EXPIRY, 1)))
        .play(machine);
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETE_ABSENT", "VERSIONS_OF_ALL"})
  void aLoadThatChangesNothingMayBeKilledAnywhere(Way way) {
    for (int calls = 0; calls < 45; calls++) {
      Weather killed = Weather.FAIR.withKill(OptionalInt.of(calls));
      new Schedule(
              new Shape(way, DeleteMode.POSITION_DELETES, false),
              List.of(arrivals(3), new Load(Weather.FAIR), new Load(killed)))
          .play(machine.resolve("killed-after-" + calls));
    }
  }

  /** What is left of a package's files was looked for in a table as it had been before the load. */
  @Test
  void filesLiveOnWhereTheLastLookLags() {
    for (int lagging = 0; lagging < 12; lagging++) {
      List<LookFault> looks = new ArrayList<>(Collections.nCopies(lagging, LookFault.NONE));
      looks.add(LookFault.STALE);
      Weather stale = Weather.FAIR.withLooks(looks);
      for (int killedAfter : new int[] {8, 14, 30}) {
        Weather killed = Weather.FAIR.withKill(OptionalInt.of(killedAfter));
        new Schedule(
                new Shape(Way.DELETE_ABSENT, DeleteMode.DELETION_VECTORS, false),
                List.of(
                    arrivals(5),
                    new Load(Weather.FAIR),
                    arrivals(3, 3),
                    new Load(killed),
                    new Load(stale)))
            .play(machine.resolve("look-" + lagging + "-" + killedAfter));
      }
    }
  }

  private static Step arrivals(int... ids) {
    return new Arrival(IntStream.of(ids).mapToObj(id -> new Arriving(id, false)).toList(), false);
  }
}
