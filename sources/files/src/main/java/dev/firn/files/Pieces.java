package dev.firn.files;

import java.util.Iterator;
import java.util.Optional;

/** The pieces of one file, in its order. */
@FunctionalInterface
interface Pieces extends AutoCloseable {
  Optional<Piece> next();

  @Override
  default void close() {}

  static Pieces of(Iterator<? extends Piece> pieces) {
    return () -> pieces.hasNext() ? Optional.of(pieces.next()) : Optional.empty();
  }
}
