package dev.firn.bench.data;

/** Rows as CSV with a header; an absent value is an empty cell; nothing needs quotes. */
final class CsvRow implements FlatRow {
  private final TextOut out;
  private boolean first = true;

  CsvRow(TextOut out) {
    this.out = out;
  }

  @Override
  public void header(Iterable<String> columns) {
    columns.forEach(column -> cell().ascii(column));
    end();
  }

  @Override
  public void number(String column, long value) {
    cell().number(value);
  }

  @Override
  public void hundredths(String column, long value) {
    cell().decimal(value, 2);
  }

  @Override
  public void flag(String column, boolean value) {
    cell().ascii(value ? "true" : "false");
  }

  @Override
  public void time(String column, long epochMillis) {
    cell().seconds(epochMillis, ' ').ascii('.').padded(epochMillis % 1000, 3).ascii("000");
  }

  @Override
  public void text(String column, String value) {
    cell().ascii(value);
  }

  @Override
  public void hex(String column, long bits) {
    cell().hex(bits, 16);
  }

  @Override
  public void note(String column, int plate, int stop) {
    cell().ascii("plate ").number(plate).ascii(" stop ").number(stop);
  }

  @Override
  public void missing(String column) {
    cell();
  }

  @Override
  public void end() {
    out.ascii('\n');
    first = true;
  }

  private TextOut cell() {
    if (!first) {
      out.ascii(',');
    }
    first = false;
    return out;
  }
}
