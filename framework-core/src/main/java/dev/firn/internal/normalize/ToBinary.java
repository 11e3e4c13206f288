package dev.firn.internal.normalize;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bytes. A declared column reads text as {@code 0x} and hexadecimal digits, or as base 64. */
final class ToBinary extends Coercion {
  private static final Pattern HEX = Pattern.compile("0[xX]([0-9a-fA-F]{2})*+");
  private static final Pattern BASE_64 =
      Pattern.compile("([A-Za-z0-9+/]{4})*+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

  private final boolean declared;

  ToBinary(boolean declared) {
    this.declared = declared;
  }

  @Override
  boolean binary(byte[] bytes, Coerced to) {
    return to.set(bytes);
  }

  /** A number that is not negative: its bytes, the highest first, as few as hold it. */
  @Override
  boolean integer(long value, Coerced to) {
    if (!declared || value < 0) {
      return false;
    }
    byte[] bytes = BigInteger.valueOf(value).toByteArray();
    boolean signByte = bytes.length > 1 && bytes[0] == 0;
    return to.set(signByte ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    if (!declared) {
      return false;
    }
    String text = new String(utf8, from, to - from, StandardCharsets.UTF_8).strip();
    if (HEX.matcher(text).matches()) {
      return result.set(HexFormat.of().parseHex(text, 2, text.length()));
    }
    return BASE_64.matcher(text).matches() && result.set(Base64.getDecoder().decode(text));
  }
}
