package dev.firn.source;

import java.util.Optional;

/** A stretch of a resource's input that one thread reads; a few megabytes as a rule. */
public interface Split {
  /** The split's place in input order, from 0; the same whenever the resource is read again. */
  long ordinal();

  /** What the split is part of, such as a file's path: the unit of {@code on-error: skip_file}. */
  String group();

  /** Bytes of input, as far as known; for progress only. */
  long bytes();

  /**
   * Names the place of a record, for messages: {@code file:line} where the split can tell.
   *
   * @param position as given to {@link RecordSink#beginRecord}
   */
  default String place(long position) {
    return group() + ", record at " + position;
  }

  /**
   * The text of a record that cannot be read, as it stands in the source; at most the first
   * megabyte. Empty where the split cannot tell.
   *
   * @param position as given to {@link RecordSink#beginRecord}
   */
  default Optional<String> text(long position) {
    return Optional.empty();
  }

  /**
   * Sends the split's records. Names the place (file, line, column) in every failure.
   *
   * @throws dev.firn.error.FirnException for a record that cannot be read, unless the source was
   *     told to go on
   */
  void read(RecordSink sink);
}
