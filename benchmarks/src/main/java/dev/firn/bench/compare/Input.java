package dev.firn.bench.compare;

import dev.firn.bench.data.GenerateEvents;
import dev.firn.bench.data.GenerateEvents.Events;
import dev.firn.bench.data.GenerateTrips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A generated file, described by its name: {@code events_200.jsonl} holds 200 MB of events, {@code
 * trips_2m.csv} two million trips; {@code k} and {@code m} stand for thousands and millions.
 *
 * @param size megabytes of events, or rows of trips
 */
record Input(String name, Dataset dataset, long size) {
  private static final Pattern NAME =
      Pattern.compile("(?:(events)_|trips_)(\\d+)([km]?)\\.(csv|jsonl)");
  private static final long EVENTS_SEED = 42;
  private static final long CHANGES_SEED = 43;
  private static final long BYTES_AN_EVENT = 1210;
  private static final long TRIPS_SEED = 7;

  /** The input of this name; events are always JSON lines and need not say so. */
  static Input named(String name) {
    String file = name.startsWith("events") && !name.contains(".") ? name + ".jsonl" : name;
    Matcher matcher = NAME.matcher(file);
    if (!matcher.matches() || (matcher.group(1) != null && file.endsWith(".csv"))) {
      throw new UsageException(
          "No input '%s'. Examples: events_200, trips_2m.csv, trips_100k.jsonl.".formatted(name));
    }
    Dataset dataset = matcher.group(1) != null ? Dataset.EVENTS : Dataset.TRIPS;
    return new Input(file, dataset, Long.parseLong(matcher.group(2)) * factor(matcher.group(3)));
  }

  private static long factor(String letter) {
    return switch (letter) {
      case "k" -> 1_000;
      case "m" -> 1_000_000;
      default -> 1;
    };
  }

  /** The file in {@code folder}; generates it when it is not there yet. */
  Path file(Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      // Under another name until complete: an interrupted run leaves no short file behind.
      Path partial = folder.resolve("partial-" + name);
      long start = System.nanoTime();
      write(partial);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      double seconds = (System.nanoTime() - start) / 1e9;
      Console.say(
          String.format(
              Locale.ROOT,
              "Generated %s: %.0f MB in %.1f s",
              name,
              Files.size(file) / 1e6,
              seconds));
    }
    return file;
  }

  private void write(Path file) throws IOException {
    switch (dataset) {
      case EVENTS -> GenerateEvents.write(file, new Events(0, bytes(), EVENTS_SEED, false));
      case TRIPS -> GenerateTrips.write(file, size, TRIPS_SEED);
    }
  }

  /**
   * Changes of an input of events, a fifth of its size: about half are new versions of the input's
   * last events, the others are new events.
   */
  Path changes(Path folder) throws IOException {
    Path file = folder.resolve("changes-" + name);
    long first = bytes() / BYTES_AN_EVENT * 9 / 10;
    GenerateEvents.write(file, new Events(first, bytes() / 5, CHANGES_SEED, false));
    return file;
  }

  private long bytes() {
    return size * 1_000_000;
  }
}
