package dev.firn.iceberg.testkit.schedule;

import dev.firn.iceberg.testkit.LookFault;
import dev.firn.iceberg.testkit.Maintenance;
import dev.firn.iceberg.testkit.schedule.Step.Arrival;
import dev.firn.iceberg.testkit.schedule.Step.Arriving;
import dev.firn.iceberg.testkit.schedule.Step.Foreign;
import dev.firn.iceberg.testkit.schedule.Step.ForeignRow;
import dev.firn.iceberg.testkit.schedule.Step.Load;
import dev.firn.iceberg.testkit.schedule.Step.Move;
import dev.firn.iceberg.testkit.schedule.Step.RowWork;
import dev.firn.iceberg.testkit.schedule.Step.StorageFaults;
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

  /** The load that is finished first knows nothing of the child that holds half a load. */
  @Test
  void linesOfALostLoadGoWhereAnOlderPackageIsFinishedFirst() {
    Weather full =
        Weather.FAIR.withStorage(
            new StorageFaults(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(7374)));
    for (int calls = 30; calls < 60; calls++) {
      new Schedule(
              new Shape(Way.VERSIONS, DeleteMode.COPY_ON_WRITE, false),
              List.of(
                  arrivals(2),
                  new Load(full),
                  new Move(1, false),
                  new Arrival(List.of(new Arriving(1, false)), true),
                  new Load(Weather.FAIR.withKill(OptionalInt.of(calls))),
                  new Move(0, true)))
          .play(machine.resolve("killed-after-" + calls));
    }
  }

  /** The order has no lines any more when it is read again, so that no load brings their table. */
  @ParameterizedTest
  @EnumSource(names = {"UPSERT", "DELETE_ABSENT", "REPLACE"})
  void firstLinesOfALostLoadGoWhereNoLoadBringsAnyAgain(Way way) {
    for (boolean loadedBefore : new boolean[] {false, true}) {
      for (int calls = 20; calls < 45; calls++) {
        List<Step> steps = new ArrayList<>();
        if (loadedBefore) {
          steps.addAll(List.of(arrivals(2), new Load(Weather.FAIR)));
        }
        steps.add(loadedBefore ? arrivals(2) : arrivals(1));
        steps.add(new Load(Weather.FAIR.withKill(OptionalInt.of(calls))));
        steps.add(new Move(1, true));
        steps.add(loadedBefore ? new Arrival(List.of(new Arriving(2, true)), false) : arrivals(1));
        new Schedule(new Shape(way, DeleteMode.POSITION_DELETES, false), steps)
            .play(machine.resolve("killed-after-" + calls + "-" + loadedBefore));
      }
    }
  }

  /** Another engine's delete by value holds for the rows that are copied around it. */
  @ParameterizedTest
  @EnumSource(DeleteMode.class)
  void rowsThatOthersDeletedByValueStayDeletedWhereTheirFileIsCopied(DeleteMode mode) {
    new Schedule(
            new Shape(Way.UPSERT, mode, false),
            List.of(
                arrivals(4),
                arrivals(2, 1, 3, 0),
                new Load(Weather.FAIR),
                new ForeignRow(RowWork.DELETE_BY_VALUE, 0),
                new Arrival(List.of(new Arriving(4, true)), false)))
        .play(machine);
  }

  private static Step arrivals(int... ids) {
    return new Arrival(IntStream.of(ids).mapToObj(id -> new Arriving(id, false)).toList(), false);
  }
}
