package dev.firn.internal.extract;

/** What a resource's code may return. */
public final class Sequences {
  private Sequences() {}

  /** Whether values of this class are taken apart into records. */
  public static boolean opens(Class<?> type) {
    return Elements.opens(type);
  }
}
