package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands and measures them: wall and CPU time by the shell's own {@code time}, which counts
 * all descendants that were waited for; peak memory from Linux's high-water mark in /proc.
 */
final class Meter {
  private static final String SCRIPT =
      "log=$1 times=$2; shift 2; TIMEFORMAT='%3R %3U %3S';"
          + " { time \"$@\" >\"$log\" 2>&1; } 2>\"$times\"";

  /** The file in the working directory that takes the command's output. */
  static final String LOG = "process.log";

  private static final int POLL_MILLIS = 20;
  private static final int TAIL_LINES = 20;

  private Meter() {}

  /**
   * Runs a command to its end.
   *
   * @param folder its working directory; its output is left there in {@link #LOG}
   * @throws IOException when the command exits with anything but 0; the message ends with its log
   */
  static Measurement run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolve(LOG);
    Path times = folder.resolve("process.times");
    List<String> words = new ArrayList<>(List.of("bash", "-c", SCRIPT, "meter"));
    words.add(log.toString());
    words.add(times.toString());
    words.addAll(command);
    Process process = new ProcessBuilder(words).directory(folder.toFile()).inheritIO().start();
    long peakKibibytes = 0;
    do {
      peakKibibytes = Math.max(peakKibibytes, ProcessTree.largestPeakKibibytes(process.pid()));
    } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
    if (process.exitValue() != 0) {
      throw new IOException(
          "Exit %d of %s%n%s".formatted(process.exitValue(), String.join(" ", command), tail(log)));
    }
    return measurement(Files.readString(times), peakKibibytes);
  }

  private static Measurement measurement(String times, long peakKibibytes) {
    String[] seconds = times.strip().split(" ", 3);
    double cpu = Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]);
    return new Measurement(Double.parseDouble(seconds[0]), cpu, peakKibibytes / 1024.0, 0);
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
