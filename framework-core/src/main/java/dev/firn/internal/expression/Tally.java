package dev.firn.internal.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What the rows so far make of an aggregate. Two tallies of different rows add up to one of all.
 *
 * @param best the least or greatest value
 */
public record Tally(long count, BigDecimal sum, @Nullable Object best) {
  public static final Tally NONE = new Tally(0, BigDecimal.ZERO, null);

  /** With the row at hand. */
  public Tally plus(Expression.Aggregate aggregate, Values row) {
    boolean wanted =
        aggregate.filter().isEmpty()
            || Boolean.TRUE.equals(Operator.truth(aggregate.filter().get().in(row)));
    if (!wanted) {
      return this;
    } else if (aggregate.of().isEmpty()) {
      return new Tally(count + 1, sum, best);
    }
    Object value = aggregate.of().get().in(row);
    if (value == null) {
      return this;
    }
    return switch (aggregate.function()) {
      case COUNT -> new Tally(count + 1, sum, best);
      case SUM, AVG -> new Tally(count + 1, sum.add(Operator.number(value)), best);
      case MIN, MAX -> new Tally(count + 1, sum, better(aggregate.function(), best, value));
    };
  }

  /** Of both. */
  public Tally plus(Expression.Aggregate aggregate, Tally other) {
    Object both =
        best == null
            ? other.best
            : other.best == null ? best : better(aggregate.function(), best, other.best);
    return new Tally(count + other.count, sum.add(other.sum), both);
  }

  private static Object better(
      Expression.Aggregate.Function function, @Nullable Object best, Object value) {
    if (best == null) {
      return value;
    }
    Operator order =
        function == Expression.Aggregate.Function.MIN ? Operator.LESS : Operator.GREATER;
    return Boolean.TRUE.equals(order.of(value, best)) ? value : best;
  }

  /** The aggregate's value. */
  public @Nullable Object result(Expression.Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT -> BigDecimal.valueOf(count);
      case SUM -> count == 0 ? null : sum;
      case AVG -> count == 0 ? null : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128);
      case MIN, MAX -> best;
    };
  }
}
