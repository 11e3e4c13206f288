package dev.firn.kill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command itself, killed again and again while a new file comes in each time, with its lake in
 * an SQLite file and behind a server: every order and each of its lines is there once afterwards,
 * and no file but theirs.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RandomKillsIT {
  private static final int KILLS = 50;

  @TempDir Path folder;

  @Test
  void commandThatIsKilledFiftyTimesInEachLakeLoadsEveryRowOnce() throws Exception {
    CommandProcesses processes =
        new CommandProcesses(Files.createDirectory(folder.resolve("classes")));
    inLake("rehearsal", "jdbc", processes, KillSeries::rehearse);
    ExecutorService lakes = Executors.newCachedThreadPool();
    try {
      List<Future<?>> running = new ArrayList<>();
      for (String kind : List.of("jdbc", "rest")) {
        running.add(
            lakes.submit(() -> inLake(kind, kind, processes, series -> series.killTimes(KILLS))));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      lakes.shutdownNow();
    }
  }

  private interface Runs {
    void of(KillSeries series) throws Exception;
  }

  private Void inLake(String name, String kind, CommandProcesses processes, Runs runs)
      throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    Path project = Files.createDirectory(own.resolve("project"));
    try (SharedLake lake = SharedLake.of(kind, Files.createDirectory(own.resolve("lake")))) {
      KillSeries series = new KillSeries(lake, project, processes, name, System.nanoTime());
      runs.of(series);
      series.check();
    }
    return null;
  }
}
