package dev.firn.internal.extract;

import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Splits of a reading that was kept. */
final class SpooledSplits implements SplitStream {
  private final TapeSpool spool;
  private final LongPredicate wanted;
  private int ordinal;

  SpooledSplits(TapeSpool spool, LongPredicate wanted) {
    this.spool = spool;
    this.wanted = wanted;
  }

  @Override
  public Optional<Split> next() {
    while (ordinal < spool.size() && !wanted.test(ordinal)) {
      ordinal++;
    }
    return ordinal < spool.size() ? Optional.of(spool.split(ordinal++)) : Optional.empty();
  }
}
