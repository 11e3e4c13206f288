package dev.firn.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where things lie.
 *
 * @param project the root of Firn's source tree
 */
record Places(Path project) {
  Path benchmarks() {
    return project.resolve("benchmarks");
  }

  Path target() {
    return benchmarks().resolve("target");
  }

  Path data() {
    return target().resolve("data");
  }

  /** An empty folder of this name; what was in it is gone. */
  Path emptyFolder(String name) throws IOException {
    Path folder = target().resolve("work").resolve(name);
    delete(folder);
    return Files.createDirectories(folder);
  }

  /** The names, without their ending, of the jars in a folder below target that begin so. */
  String jars(String folder, String beginning) throws IOException {
    try (Stream<Path> files = Files.list(target().resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(beginning))
          .map(name -> name.replace(".jar", ""))
          .collect(Collectors.joining(", "));
    }
  }

  /** Puts a copy of one folder in place of another. */
  static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(Places::deleteOne);
      }
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
