package dev.firn.internal.run;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadPackage;
import dev.firn.source.ResourceReader;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Another writer has changed the tables while rows were staged, so that they no longer fit: the
 * contract has to decide anew. Never leaves this package.
 */
final class TablesMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_READINGS = 3;

  private final FirnException why;

  TablesMoved(FirnException why) {
    super(why.getMessage(), why, false, false);
    this.why = why;
  }

  /**
   * A failure to commit. What did fit when it was staged does not because the tables moved, and
   * what can be read again may be judged again.
   */
  static RuntimeException orOther(FirnException failure, ResourceReader reader) {
    return orOther(failure, reader, failure.code() == ErrorCode.CONTRACT_FROZEN);
  }

  /** As {@link #orOther(FirnException, ResourceReader)}, for rows held against those there. */
  static RuntimeException orOther(FirnException failure, ResourceReader reader, LoadPackage load) {
    boolean outdated = failure.code() == ErrorCode.STATE_MOVED && load.judgedBy().isPresent();
    return outdated ? orOther(failure, reader, true) : orOther(failure, reader);
  }

  private static RuntimeException orOther(
      FirnException failure, ResourceReader reader, boolean misfit) {
    return misfit && reader.replayable() ? new TablesMoved(failure) : failure;
  }

  /**
   * Loads, and once more where the tables have moved meanwhile.
   *
   * @param load reads, stages and commits; leaves nothing behind when it fails like this
   * @param told takes a warning for each further reading
   * @throws FirnException why the rows did not fit, when the tables have moved again and again
   */
  static <T> T again(Supplier<T> load, String resource, Consumer<String> told) {
    for (int readings = 1; ; readings++) {
      try {
        return load.get();
      } catch (TablesMoved moved) {
        if (readings == MOST_READINGS) {
          throw moved.why;
        }
        told.accept("Resource %s was read again: %s".formatted(resource, moved.why.getMessage()));
      }
    }
  }
}
