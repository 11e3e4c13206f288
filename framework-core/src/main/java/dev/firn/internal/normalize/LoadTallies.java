package dev.firn.internal.normalize;

import dev.firn.internal.expression.Expression.Aggregate;
import dev.firn.internal.expression.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What one worker's rows make of the aggregates that the checks of a load ask for. */
final class LoadTallies {
  private final List<Aggregate> aggregates;
  private final RowValues values;
  private final Tally[] open;
  private List<Tally> kept;

  LoadTallies(List<Aggregate> aggregates, RowValues values) {
    this.aggregates = List.copyOf(aggregates);
    this.values = values;
    this.open = new Tally[aggregates.size()];
    this.kept = none(aggregates);
    takeBackSplit();
  }

  static List<Tally> none(List<Aggregate> aggregates) {
    return Collections.nCopies(aggregates.size(), Tally.NONE);
  }

  /** Of two lists, for the same aggregates. */
  static List<Tally> sum(List<Aggregate> aggregates, List<Tally> a, List<Tally> b) {
    List<Tally> sums = new ArrayList<>();
    for (int i = 0; i < aggregates.size(); i++) {
      sums.add(a.get(i).plus(aggregates.get(i), b.get(i)));
    }
    return sums;
  }

  /** Counts a row that stays. */
  void add(TableBuilder root, int row) {
    for (int i = 0; i < open.length; i++) {
      Aggregate aggregate = aggregates.get(i);
      RowValues at = values.at(root, row);
      if (!at.clashed(aggregate)) {
        open[i] = open[i].plus(aggregate, at);
      }
    }
  }

  void endSplit() {
    kept = sum(aggregates, kept, Arrays.asList(open));
    takeBackSplit();
  }

  void takeBackSplit() {
    Arrays.fill(open, Tally.NONE);
  }

  List<Tally> kept() {
    return List.copyOf(kept);
  }

  void reset() {
    kept = none(aggregates);
    values.forget();
    takeBackSplit();
  }
}
