package dev.firn.bench.compare;

/** Progress goes to stderr, so that stdout holds the report alone. */
final class Console {
  private Console() {}

  static void say(String line) {
    System.err.println(line);
  }
}
