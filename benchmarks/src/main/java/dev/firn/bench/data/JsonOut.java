package dev.firn.bench.data;

/** Writes JSON objects, one a line; places the commas. Texts given as String need no escapes. */
final class JsonOut {
  private final TextOut out;
  private boolean first = true;

  JsonOut(TextOut out) {
    this.out = out;
  }

  JsonOut openObject() {
    return comma().open('{');
  }

  JsonOut openObject(String name) {
    return name(name).open('{');
  }

  JsonOut closeObject() {
    return close('}');
  }

  JsonOut openArray(String name) {
    return name(name).open('[');
  }

  JsonOut closeArray() {
    return close(']');
  }

  void endLine() {
    out.ascii('\n');
    first = true;
  }

  JsonOut number(String name, long value) {
    name(name).out.number(value);
    return this;
  }

  JsonOut decimal(String name, long unscaled, int scale) {
    name(name).out.decimal(unscaled, scale);
    return this;
  }

  JsonOut flag(String name, boolean value) {
    name(name).out.ascii(value ? "true" : "false");
    return this;
  }

  JsonOut nothing(String name) {
    name(name).out.ascii("null");
    return this;
  }

  JsonOut text(String name, String value) {
    openText(name).ascii(value);
    return closeText();
  }

  /** A text made of a prefix, a number and a suffix. */
  JsonOut text(String name, String prefix, long number, String suffix) {
    openText(name).ascii(prefix).number(number).ascii(suffix);
    return closeText();
  }

  JsonOut hex(String name, long bits, int digits) {
    openText(name).hex(bits, digits);
    return closeText();
  }

  /** ISO-8601 in whole seconds, with Z. */
  JsonOut instant(String name, long epochMillis) {
    openText(name).seconds(epochMillis, 'T').ascii('Z');
    return closeText();
  }

  /** Opens a text whose parts the caller writes, escaped, before {@link #closeText()}. */
  TextOut openText(String name) {
    return name(name).out.ascii('"');
  }

  /** Opens a text as an array's item. */
  TextOut openText() {
    return comma().out.ascii('"');
  }

  JsonOut closeText() {
    out.ascii('"');
    return this;
  }

  private JsonOut name(String name) {
    comma().out.ascii('"').ascii(name).ascii('"').ascii(':');
    return this;
  }

  private JsonOut comma() {
    if (!first) {
      out.ascii(',');
    }
    first = false;
    return this;
  }

  private JsonOut open(char bracket) {
    out.ascii(bracket);
    first = true;
    return this;
  }

  private JsonOut close(char bracket) {
    out.ascii(bracket);
    first = false;
    return this;
  }
}
