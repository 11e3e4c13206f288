package dev.firn.bench.data;

/** Rows as one JSON object a line; an absent value is a null. */
final class JsonRow implements FlatRow {
  private final JsonOut json;
  private boolean open;

  JsonRow(TextOut out) {
    json = new JsonOut(out);
  }

  @Override
  public void header(Iterable<String> columns) {
    // JSON names its columns in every row.
  }

  @Override
  public void number(String column, long value) {
    row().number(column, value);
  }

  @Override
  public void hundredths(String column, long value) {
    row().decimal(column, value, 2);
  }

  @Override
  public void flag(String column, boolean value) {
    row().flag(column, value);
  }

  @Override
  public void time(String column, long epochMillis) {
    row().openText(column).seconds(epochMillis, ' ').ascii('.').padded(epochMillis % 1000, 3);
    json.closeText();
  }

  @Override
  public void text(String column, String value) {
    row().text(column, value);
  }

  @Override
  public void hex(String column, long bits) {
    row().hex(column, bits, 16);
  }

  @Override
  public void note(String column, int plate, int stop) {
    row().openText(column).ascii("plate ").number(plate).ascii(" stop ").number(stop);
    json.closeText();
  }

  @Override
  public void missing(String column) {
    row().nothing(column);
  }

  @Override
  public void end() {
    json.closeObject().endLine();
    open = false;
  }

  private JsonOut row() {
    if (!open) {
      json.openObject();
      open = true;
    }
    return json;
  }
}
