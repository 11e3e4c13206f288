package dev.firn.internal.normalize;

import dev.firn.contract.Violation;
import dev.firn.internal.expression.Expression.Aggregate;
import dev.firn.internal.expression.Tally;
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
 * @param badRowsOf how many broke a rule of each column
 * @param broken how often each rule was broken, by column and rule: {@code sgv min 20}
 * @param arrived columns of the contract that had values
 * @param examples the first of the violations, in the order of the input
 * @param aggregates what the rows that stayed make of the aggregates of the load's checks; empty:
 *     nothing yet
 */
public record ContractTally(
    long rows,
    long badRows,
    long fatalRows,
    Map<String, Long> badRowsOf,
    Map<String, Long> broken,
    Set<String> arrived,
    List<Example> examples,
    List<Tally> aggregates) {
  /** As many violations are told one by one. */
  public static final int MOST_EXAMPLES = 20;

  static final ContractTally NONE =
      new ContractTally(0, 0, 0, Map.of(), Map.of(), Set.of(), List.of(), List.of());

  private static final Comparator<Example> IN_ORDER =
      Comparator.comparingLong(Example::split).thenComparingLong(Example::position);

  /** A violation with its place in the input. */
  public record Example(long split, long position, Violation violation) {}

  public ContractTally {
    badRowsOf = Map.copyOf(badRowsOf);
    broken = Map.copyOf(broken);
    arrived = Set.copyOf(arrived);
    examples = List.copyOf(examples);
    aggregates = List.copyOf(aggregates);
  }

  /** The same with other aggregates. */
  ContractTally with(List<Tally> others) {
    return new ContractTally(
        rows, badRows, fatalRows, badRowsOf, broken, arrived, examples, others);
  }

  /** The sum of both, whose rows were asked for these aggregates. */
  ContractTally plus(ContractTally other, List<Aggregate> asked) {
    if (aggregates.isEmpty() || other.aggregates.isEmpty()) {
      return plus(other).with(aggregates.isEmpty() ? other.aggregates : aggregates);
    }
    return plus(other).with(LoadTallies.sum(asked, aggregates, other.aggregates));
  }

  /** The sum of both, without aggregates. */
  ContractTally plus(ContractTally other) {
    Set<String> all = new TreeSet<>(arrived);
    all.addAll(other.arrived);
    List<Example> both = new ArrayList<>(examples);
    both.addAll(other.examples);
    both.sort(IN_ORDER);
    return new ContractTally(
        rows + other.rows,
        badRows + other.badRows,
        fatalRows + other.fatalRows,
        sum(badRowsOf, other.badRowsOf),
        sum(broken, other.broken),
        all,
        both.subList(0, Math.min(both.size(), MOST_EXAMPLES)),
        List.of());
  }

  private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> sums = new TreeMap<>(a);
    b.forEach((key, count) -> sums.merge(key, count, Long::sum));
    return sums;
  }

  /** How many rows broke a rule of a column, by its name in the table. */
  public long badRowsOf(String column) {
    return badRowsOf.getOrDefault(column, 0L);
  }

  /** How many violations there were. */
  public long violations() {
    return broken.values().stream().mapToLong(Long::longValue).sum();
  }
}
