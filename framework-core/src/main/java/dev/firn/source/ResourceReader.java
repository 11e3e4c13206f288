package dev.firn.source;

import java.util.List;
import java.util.Set;

/** Reads one resource. */
public interface ResourceReader {
  /** Whether the same request, made again in this process, brings the same splits and records. */
  boolean replayable();

  /**
   * Whether a record that cannot be read makes the load leave out its whole {@link Split#group}, as
   * {@code on-error: skip_file} wants.
   */
  default boolean skipsBrokenGroups() {
    return false;
  }

  /**
   * What tells this input from another, such as its files with sizes and times; a pending load of
   * the same input is finished instead of read again. Empty when nothing does.
   */
  default String fingerprint() {
    return "";
  }

  /**
   * Names of system columns that the source itself sends, as keys of each root record by exactly
   * these names: where the record comes from.
   */
  default Set<String> fileColumns() {
    return Set.of();
  }

  /** Begins a reading. */
  SplitStream open(ReadRequest request);

  /**
   * A few small splits, spread evenly over all input, for a first guess of types; none where
   * looking ahead is not possible. Records of a sample are not loaded.
   */
  default List<Split> samples(ReadRequest request) {
    return List.of();
  }
}
