package dev.firn.bench.data;

/** Takes one row's values in the order of the columns and writes them in one file format. */
interface FlatRow {
  /** Writes what stands before the first row, if anything. */
  void header(Iterable<String> columns);

  void number(String column, long value);

  /** Hundredths: 1250 is 12.5. */
  void hundredths(String column, long value);

  void flag(String column, boolean value);

  /** A local date-time in milliseconds since 1970. */
  void time(String column, long epochMillis);

  void text(String column, String value);

  void hex(String column, long bits);

  void note(String column, int plate, int stop);

  void missing(String column);

  void end();
}
