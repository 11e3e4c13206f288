package dev.firn.internal.normalize;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** JSON text of one scalar: numbers and booleans as they are, all else as a JSON string. */
final class ToJson extends Coercion {
  private final ToText text = new ToText();

  @Override
  boolean bool(boolean value, Coerced to) {
    return text.bool(value, to);
  }

  @Override
  boolean integer(long value, Coerced to) {
    return text.integer(value, to);
  }

  @Override
  boolean real(double value, Coerced to) {
    return text.real(value, to) && (Double.isFinite(value) || quoted(to));
  }

  @Override
  boolean decimal(BigDecimal value, Coerced to) {
    return text.decimal(value, to);
  }

  @Override
  boolean number(byte[] ascii, int from, int to, Coerced result) {
    return result.set(ascii, from, to);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    return result.set(utf8, from, to) && quoted(result);
  }

  @Override
  boolean timestamp(long micros, Coerced to) {
    return text.timestamp(micros, to) && quoted(to);
  }

  @Override
  boolean timestampNtz(long micros, Coerced to) {
    return text.timestampNtz(micros, to) && quoted(to);
  }

  @Override
  boolean date(int days, Coerced to) {
    return text.date(days, to) && quoted(to);
  }

  @Override
  boolean time(long micros, Coerced to) {
    return text.time(micros, to) && quoted(to);
  }

  @Override
  boolean binary(byte[] bytes, Coerced to) {
    return text.binary(bytes, to) && quoted(to);
  }

  @Override
  boolean uuid(UUID value, Coerced to) {
    return text.uuid(value, to) && quoted(to);
  }

  private static boolean quoted(Coerced to) {
    String plain = new String(to.bytes, to.from, to.to - to.from, StandardCharsets.UTF_8);
    byte[] inner = JsonStringEncoder.getInstance().quoteAsUTF8(plain);
    byte[] outer = new byte[inner.length + 2];
    System.arraycopy(inner, 0, outer, 1, inner.length);
    outer[0] = '"';
    outer[outer.length - 1] = '"';
    return to.set(outer);
  }
}
