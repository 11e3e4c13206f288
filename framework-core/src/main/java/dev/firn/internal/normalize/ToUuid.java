package dev.firn.internal.normalize;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs, of text with 32 hexadecimal digits and four hyphens. */
final class ToUuid extends Coercion {
  private static final int LENGTH = 36;
  private static final Pattern HYPHENED =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final boolean declared;

  ToUuid(boolean declared) {
    this.declared = declared;
  }

  @Override
  boolean uuid(UUID value, Coerced to) {
    to.uuid = value;
    return true;
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    int first = declared ? Spaces.behind(utf8, from, to) : from;
    int end = declared ? Spaces.before(utf8, first, to) : to;
    if (end - first != LENGTH) {
      return false;
    }
    String text = new String(utf8, first, LENGTH, StandardCharsets.ISO_8859_1);
    return HYPHENED.matcher(text).matches() && uuid(UUID.fromString(text), result);
  }
}
