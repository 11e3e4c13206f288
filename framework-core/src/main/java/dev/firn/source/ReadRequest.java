package dev.firn.source;

import dev.firn.load.WriteDisposition;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What a reading is to bring.
 *
 * @param range the wanted values of an incremental resource's cursor, for sources that can leave
 *     out the others
 * @param window what a partitioned resource is to bring
 * @param tracking what {@link SplitStream#tracking} said at the last load
 * @param wanted ordinals of the splits to hand out: all in a first reading, few when some are read
 *     again
 */
public record ReadRequest(
    WriteDisposition disposition,
    Optional<CursorRange> range,
    Optional<PartitionWindow> window,
    Optional<String> tracking,
    LongPredicate wanted) {
  /** A reading of a resource without partitions. */
  public ReadRequest(
      WriteDisposition disposition,
      Optional<CursorRange> range,
      Optional<String> tracking,
      LongPredicate wanted) {
    this(disposition, range, Optional.empty(), tracking, wanted);
  }

  /** Everything from the beginning. */
  public static ReadRequest everything(WriteDisposition disposition) {
    return new ReadRequest(disposition, Optional.empty(), Optional.empty(), ordinal -> true);
  }

  /** The same reading, just these splits. */
  public ReadRequest only(LongPredicate ordinals) {
    return new ReadRequest(disposition, range, window, tracking, ordinals);
  }
}
