package dev.firn.internal.normalize;

/** Times of day. */
final class ToTime extends Coercion {
  private final IsoTime iso = new IsoTime();
  private final boolean declared;

  ToTime(boolean declared) {
    this.declared = declared;
  }

  @Override
  boolean time(long micros, Coerced to) {
    return to.set(micros);
  }

  @Override
  boolean string(byte[] utf8, int from, int to, Coerced result) {
    int first = declared ? Spaces.behind(utf8, from, to) : from;
    int end = declared ? Spaces.before(utf8, first, to) : to;
    long micros = iso.time(utf8, first, end);
    result.truncated |= micros != IsoTime.NONE && iso.truncated();
    return micros != IsoTime.NONE && result.set(micros);
  }
}
