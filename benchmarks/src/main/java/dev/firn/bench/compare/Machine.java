package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What the figures were made on. */
final class Machine {
  private Machine() {}

  static String description() {
    return String.format(
        Locale.ROOT,
        "%d cores of %s; %s of memory; %s %s; %s; load average at the start %s",
        Runtime.getRuntime().availableProcessors(),
        valueIn("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
        memory(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Jvm.description(),
        load());
  }

  private static String memory() {
    String kibibytes = valueIn("/proc/meminfo", "MemTotal", "").replaceAll("\\D", "");
    return kibibytes.isEmpty()
        ? "unknown size"
        : Math.round(Long.parseLong(kibibytes) / 1048576.0) + " GiB";
  }

  private static String load() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String valueIn(String file, String key, String otherwise) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}
