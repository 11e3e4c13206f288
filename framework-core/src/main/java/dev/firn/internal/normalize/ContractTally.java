package dev.firn.internal.normalize;

import dev.firn.contract.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the rows of some sets made of their contract.
 *
 * @param rows how many were looked at
 * @param badRows how many of them broke a rule
 * @param fatalRows how many broke one that fails the load
 * @param broken how often each rule was broken, by column and rule: {@code sgv min 20}
 * @param arrived columns of the contract that had values
 * @param examples the first of the violations, in the order of the input
 */
public record ContractTally(
    long rows,
    long badRows,
    long fatalRows,
    Map<String, Long> broken,
    Set<String> arrived,
    List<Example> examples) {
  /** As many violations are told one by one. */
  static final int MOST_EXAMPLES = 20;

  static final ContractTally NONE = new ContractTally(0, 0, 0, Map.of(), Set.of(), List.of());

  private static final Comparator<Example> IN_ORDER =
      Comparator.comparingLong(Example::split).thenComparingLong(Example::position);

  /** A violation with its place in the input. */
  public record Example(long split, long position, Violation violation) {}

  public ContractTally {
    broken = Map.copyOf(broken);
    arrived = Set.copyOf(arrived);
    examples = List.copyOf(examples);
  }

  ContractTally plus(ContractTally other) {
    Map<String, Long> sums = new TreeMap<>(broken);
    other.broken.forEach((rule, count) -> sums.merge(rule, count, Long::sum));
    Set<String> all = new TreeSet<>(arrived);
    all.addAll(other.arrived);
    List<Example> both = new ArrayList<>(examples);
    both.addAll(other.examples);
    both.sort(IN_ORDER);
    return new ContractTally(
        rows + other.rows,
        badRows + other.badRows,
        fatalRows + other.fatalRows,
        sums,
        all,
        both.subList(0, Math.min(both.size(), MOST_EXAMPLES)));
  }

  /** How many violations there were. */
  public long violations() {
    return broken.values().stream().mapToLong(Long::longValue).sum();
  }
}
