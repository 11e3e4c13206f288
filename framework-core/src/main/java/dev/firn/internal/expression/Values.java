package dev.firn.internal.expression;

import org.jspecify.annotations.Nullable;

/**
 * What an expression is asked about. A value is null, or a {@link java.math.BigDecimal}, {@link
 * String}, {@link Boolean} or {@link Moment}.
 */
public interface Values {
  /** The value of a column, as the expression spells it, in the row at hand. */
  @Nullable Object column(String name);

  /** The result of an aggregate over all rows. */
  @Nullable Object aggregate(Expression.Aggregate aggregate);

  /** The moment that counts as now. */
  Moment now();
}
