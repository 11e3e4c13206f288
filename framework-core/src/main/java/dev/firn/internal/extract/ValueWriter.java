package dev.firn.internal.extract;

/** Sends the values of one class as events. */
@FunctionalInterface
interface ValueWriter {
  void write(Object value, Walk walk);
}
