package dev.firn.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hands out the splits of one reading, in input order. Called by one thread at a time. */
public interface SplitStream extends AutoCloseable {
  /**
   * The next split, or nothing at the end. May read ahead: what is not cut beforehand (compressed
   * files, streams) is decoded here while other threads parse earlier splits.
   */
  Optional<Split> next();

  /**
   * Nothing more is asked for: the records are sorted and what is left lies past the wanted range.
   * What was handed out so far is the whole reading; may be called again.
   */
  default void stop() {}

  /**
   * After the end, also when closed: what the resource wants to find in its state next time, such
   * as the files it read.
   *
   * @param leftOut groups of splits that were not loaded, because a record in them is broken
   */
  default Optional<String> tracking(Set<String> leftOut) {
    return Optional.empty();
  }

  /** What a user should know about this reading; complete after the end. */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * Whether all input was loaded before, so that nothing is read; complete after the end. Not the
   * same as empty input, which a replacing load puts in place of what is there.
   */
  default boolean unchanged() {
    return false;
  }

  @Override
  default void close() {}
}
