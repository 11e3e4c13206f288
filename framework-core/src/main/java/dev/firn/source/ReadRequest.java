package dev.firn.source;

import dev.firn.load.WriteDisposition;
import dev.firn.state.CursorState;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What a reading is to bring.
 *
 * @param cursor where an incremental resource stands, for sources that can skip what is older
 * @param tracking what {@link SplitStream#tracking} said at the last load
 * @param wanted ordinals of the splits to hand out: all in a first reading, few when some are read
 *     again
 */
public record ReadRequest(
    WriteDisposition disposition,
    Optional<CursorState> cursor,
    Optional<String> tracking,
    LongPredicate wanted) {
  /** Everything from the beginning. */
  public static ReadRequest everything(WriteDisposition disposition) {
    return new ReadRequest(disposition, Optional.empty(), Optional.empty(), ordinal -> true);
  }

  /** The same reading, just these splits. */
  public ReadRequest only(LongPredicate ordinals) {
    return new ReadRequest(disposition, cursor, tracking, ordinals);
  }
}
