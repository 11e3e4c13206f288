package dev.firn.internal.extract;

/** Sends the cells of one Arrow vector. */
@FunctionalInterface
interface CellWriter {
  void write(int row, Walk walk);
}
