package dev.firn.internal.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A condition in the manner of SQL: null is unknown, and what is compared with it is unknown. See
 * {@link ExpressionParser} for what can be written.
 */
public sealed interface Expression {
  /** Its value, null where that is unknown. */
  @Nullable Object in(Values values);

  /** The expressions that it is made of. */
  List<Expression> parts();

  /** The columns that it names, in their order. */
  default Set<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    visit(
        each -> {
          if (each instanceof ColumnValue column) {
            names.add(column.name());
          }
        });
    return names;
  }

  /** The aggregates in it; without any, it is a condition on each row. */
  default List<Aggregate> aggregates() {
    List<Aggregate> found = new ArrayList<>();
    visit(
        each -> {
          if (each instanceof Aggregate aggregate) {
            found.add(aggregate);
          }
        });
    return found;
  }

  private void visit(Consumer<Expression> visitor) {
    visitor.accept(this);
    parts().forEach(part -> part.visit(visitor));
  }

  /** A value that is written down. */
  record Literal(@Nullable Object value) implements Expression {
    @Override
    public @Nullable Object in(Values values) {
      return value;
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A column's value. */
  record ColumnValue(String name) implements Expression {
    @Override
    public @Nullable Object in(Values values) {
      return values.column(name);
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** The moment of the load. */
  record Now() implements Expression {
    @Override
    public Object in(Values values) {
      return values.now();
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** What is computed of two values. */
  record Computed(Operator operator, Expression left, Expression right) implements Expression {
    @Override
    public @Nullable Object in(Values values) {
      Object a = left.in(values);
      Object b = right.in(values);
      return a == null || b == null ? null : operator.of(a, b);
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** {@code and}, {@code or}. */
  record Both(boolean and, Expression left, Expression right) implements Expression {
    @Override
    public @Nullable Object in(Values values) {
      Boolean a = Operator.truth(left.in(values));
      if (a != null && a != and) {
        return a;
      }
      Boolean b = Operator.truth(right.in(values));
      if (b != null && b != and) {
        return b;
      }
      boolean known = a != null && b != null;
      return known ? Boolean.valueOf(and) : null;
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  record Not(Expression of) implements Expression {
    @Override
    public @Nullable Object in(Values values) {
      Boolean truth = Operator.truth(of.in(values));
      return truth == null ? null : !truth;
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }
  }

  record Negative(Expression of) implements Expression {
    @Override
    public @Nullable Object in(Values values) {
      Object value = of.in(values);
      return value == null ? null : Operator.MINUS.of(BigDecimal.ZERO, value);
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }
  }

  record IsNull(Expression of) implements Expression {
    @Override
    public Object in(Values values) {
      return of.in(values) == null;
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }
  }

  /** {@code value in (a, b)}. */
  record Among(Expression value, List<Expression> choices) implements Expression {
    public Among {
      choices = List.copyOf(choices);
    }

    @Override
    public @Nullable Object in(Values values) {
      Object wanted = value.in(values);
      if (wanted == null) {
        return null;
      }
      boolean unknown = false;
      for (Expression choice : choices) {
        Object each = choice.in(values);
        unknown |= each == null;
        if (each != null && Boolean.TRUE.equals(Operator.EQUAL.of(wanted, each))) {
          return true;
        }
      }
      return unknown ? null : Boolean.FALSE;
    }

    @Override
    public List<Expression> parts() {
      List<Expression> parts = new ArrayList<>(choices);
      parts.add(value);
      return parts;
    }
  }

  /**
   * {@code count(*)}, {@code count(x)}, {@code sum(x)}, {@code min(x)}, {@code max(x)}, {@code
   * avg(x)}, each with {@code filter (where condition)}.
   *
   * @param of empty: the row itself
   */
  record Aggregate(
      Function function, Optional<Expression> of, Optional<Expression> filter, String text)
      implements Expression {
    /** What is made of the values. */
    public enum Function {
      COUNT,
      SUM,
      MIN,
      MAX,
      AVG
    }

    @Override
    public @Nullable Object in(Values values) {
      return values.aggregate(this);
    }

    @Override
    public List<Expression> parts() {
      List<Expression> parts = new ArrayList<>();
      of.ifPresent(parts::add);
      filter.ifPresent(parts::add);
      return parts;
    }
  }
}
