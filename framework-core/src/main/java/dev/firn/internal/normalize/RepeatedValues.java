package dev.firn.internal.normalize;

import dev.firn.contract.Violation;
import dev.firn.internal.normalize.ContractTally.Example;
import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Tells of values that come again while their rows are at hand: of those that can be remembered,
 * the first few with value and place. How many there are in all, {@link UniqueKeys} knows.
 */
final class RepeatedValues {
  /** Twelve bytes each, and half of the places stay free. */
  private static final int MOST_REMEMBERED = 1 << 20;

  private static final int MOST_TOLD = ContractTally.MOST_EXAMPLES;
  private static final long NEXT_GROUP = 0x9E3779B97F4A7C15L;

  private final int groups;
  private long[] hashes = new long[1 << 10];
  private int[] owners = new int[hashes.length];
  private int remembered;
  private final List<Told> told = new ArrayList<>();
  private final Set<Long> gone = new HashSet<>();

  /** A value of a set that was in another row before. */
  private record Told(long set, int group, Example example) {}

  /**
   * @param groups how many groups of columns are asked for; values of others may repeat
   */
  RepeatedValues(int groups) {
    this.groups = groups;
  }

  /** Looks at the values of a set that is written. */
  synchronized void note(UniqueRows.Arrived values) {
    boolean asked = values.group() < groups;
    for (int i = 0; asked && i < values.size() && told.size() < MOST_TOLD; i++) {
      if (before(key(values.hash(i), values.group()), values.set())) {
        told.add(new Told(values.set(), values.group(), example(values, i)));
      }
    }
  }

  /** Never 0, which is a free place. */
  private static long key(long hash, int group) {
    long key = RowHash.mix(hash + group * NEXT_GROUP);
    return key == 0 ? 1 : key;
  }

  private static Example example(UniqueRows.Arrived values, int index) {
    Split split = values.split(index);
    long position = values.position(index);
    String columns = String.join(", ", values.columns());
    return new Example(
        split.ordinal(),
        position,
        new Violation(columns, "unique", values.shown(index), split.place(position)));
  }

  /** Whether a value came before, in a set that stays; remembers it. */
  private boolean before(long key, long set) {
    int at = slot(key);
    if (hashes[at] == key) {
      boolean stays = !gone.contains((long) owners[at]);
      if (!stays) {
        owners[at] = (int) set;
      }
      return stays;
    }
    if (remembered < MOST_REMEMBERED) {
      hashes[at] = key;
      owners[at] = (int) set;
      if (++remembered * 2 > hashes.length) {
        grow();
      }
    }
    return false;
  }

  private int slot(long key) {
    int mask = hashes.length - 1;
    int at = (int) key & mask;
    while (hashes[at] != 0 && hashes[at] != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] known = hashes;
    int[] sets = owners;
    hashes = new long[known.length * 2];
    owners = new int[known.length * 2];
    for (int i = 0; i < known.length; i++) {
      if (known[i] != 0) {
        int at = slot(known[i]);
        hashes[at] = known[i];
        owners[at] = sets[i];
      }
    }
  }

  /** These sets are not loaded; what they held may come again. */
  synchronized void forget(Set<Long> sets) {
    gone.addAll(sets);
    told.removeIf(each -> sets.contains(each.set()));
  }

  /**
   * The first repeated values of a group, in the order of the input.
   *
   * @param kept tells which sets are loaded
   */
  synchronized List<Example> of(int group, LongPredicate kept) {
    return told.stream()
        .filter(each -> each.group() == group && kept.test(each.set()))
        .map(Told::example)
        .sorted(Comparator.comparingLong(Example::split).thenComparingLong(Example::position))
        .toList();
  }
}
