package dev.firn.bench.compare;

import java.nio.file.Path;

/** The JDK that runs this, for the peers too. */
final class Jvm {
  private Jvm() {}

  static String command() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static String description() {
    return "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version());
  }
}
