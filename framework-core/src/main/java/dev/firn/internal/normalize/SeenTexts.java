package dev.firn.internal.normalize;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what rules said of short texts, which in many columns are the same few again and again:
 * looking a text up costs a tenth of a regular expression. Gives up where texts hardly come twice.
 */
final class SeenTexts {
  private static final int SLOTS = 256;
  private static final int LONGEST = 64;
  private static final int LOOKS_PER_ROUND = 4096;

  private final byte[] @Nullable [] texts = new byte[SLOTS][];
  private final int[] verdicts = new int[SLOTS];
  private final StoredText text = new StoredText();
  private int looks;
  private int found;
  private boolean worthwhile = true;

  /**
   * What is said of a row's text.
   *
   * @param judge says it of a text that is not known
   */
  int verdict(ColumnBuffer column, int row, IntSupplier judge) {
    if (!worthwhile) {
      return judge.getAsInt();
    }
    column.read(row, text);
    if (text.bytes() > LONGEST) {
      return judge.getAsInt();
    }
    count();
    int slot = (int) text.hash() & SLOTS - 1;
    byte[] there = texts[slot];
    if (there != null && text.is(there)) {
      found++;
      return verdicts[slot];
    }
    int verdict = judge.getAsInt();
    texts[slot] = text.copy();
    verdicts[slot] = verdict;
    return verdict;
  }

  private void count() {
    if (++looks == LOOKS_PER_ROUND) {
      worthwhile = found > LOOKS_PER_ROUND / 2;
      looks = 0;
      found = 0;
    }
  }
}
