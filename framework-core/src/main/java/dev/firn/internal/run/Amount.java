package dev.firn.internal.run;

/** A number with its noun, for messages. */
final class Amount {
  private Amount() {}

  /** Such as {@code 1 row} or {@code 3 rows}. */
  static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
