package dev.firn.internal.expression;

import dev.firn.error.FirnException;
import dev.firn.internal.expression.Expression.Aggregate;
import dev.firn.internal.expression.Expression.Among;
import dev.firn.internal.expression.Expression.Both;
import dev.firn.internal.expression.Expression.ColumnValue;
import dev.firn.internal.expression.Expression.Computed;
import dev.firn.internal.expression.Expression.IsNull;
import dev.firn.internal.expression.Expression.Literal;
import dev.firn.internal.expression.Expression.Negative;
import dev.firn.internal.expression.Expression.Not;
import dev.firn.internal.expression.Expression.Now;
import dev.firn.internal.expression.Tokens.Token;
import dev.firn.internal.time.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads expressions, a small part of SQL: columns by name (in double quotes where they are no plain
 * word), numbers, {@code 'texts'}, {@code true}, {@code false}, {@code null}, {@code timestamp
 * '...'}, {@code interval '2h'}, {@code now()}; {@code + - * /}, {@code = <> < <= > >=}, {@code
 * between}, {@code in (...)}, {@code is null}, {@code not}, {@code and}, {@code or}, parentheses;
 * and the aggregates of {@link Aggregate}.
 */
public final class ExpressionParser {
  private static final int DEEPEST = 200;

  private final Tokens tokens;
  private int depth;

  private ExpressionParser(String text) {
    this.tokens = new Tokens(text);
  }

  /**
   * Reads an expression.
   *
   * @throws FirnException {@code INVALID_CONFIG} with the place of a mistake
   */
  public static Expression parse(String text) {
    ExpressionParser parser = new ExpressionParser(text);
    Expression expression = parser.or();
    Token left = parser.tokens.peek();
    if (left.kind() != Tokens.Kind.END) {
      throw parser.tokens.mistake(left.at(), "'" + left.text() + "' is too much");
    }
    boolean nested =
        expression.aggregates().stream()
            .flatMap(each -> each.parts().stream())
            .anyMatch(part -> !part.aggregates().isEmpty());
    if (nested) {
      throw parser.tokens.mistake(0, "an aggregate stands within another");
    }
    return expression;
  }

  private Expression or() {
    if (++depth > DEEPEST) {
      throw tokens.mistake(tokens.peek().at(), "it is nested too deep");
    }
    Expression left = and();
    while (tokens.takes("or")) {
      left = new Both(false, left, and());
    }
    depth--;
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.takes("and")) {
      left = new Both(true, left, not());
    }
    return left;
  }

  private Expression not() {
    boolean negated = false;
    while (tokens.takes("not")) {
      negated = !negated;
    }
    Expression condition = comparison();
    return negated ? new Not(condition) : condition;
  }

  private Expression comparison() {
    Expression left = sum();
    if (tokens.takes("is")) {
      boolean negated = tokens.takes("not");
      tokens.require("null");
      return negated ? new Not(new IsNull(left)) : new IsNull(left);
    }
    boolean negated = tokens.takes("not");
    if (tokens.takes("in")) {
      Expression among = new Among(left, list());
      return negated ? new Not(among) : among;
    } else if (tokens.takes("between")) {
      Expression least = new Computed(Operator.AT_LEAST, left, sum());
      tokens.require("and");
      Expression both = new Both(true, least, new Computed(Operator.AT_MOST, left, sum()));
      return negated ? new Not(both) : both;
    } else if (negated) {
      throw tokens.mistake(tokens.peek().at(), "'in' or 'between' is missing");
    }
    for (Operator operator :
        List.of(
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.AT_MOST,
            Operator.AT_LEAST,
            Operator.LESS,
            Operator.GREATER)) {
      if (tokens.takes(operator.sign())) {
        return new Computed(operator, left, sum());
      }
    }
    return left;
  }

  private List<Expression> list() {
    tokens.require("(");
    List<Expression> choices = new ArrayList<>();
    do {
      choices.add(or());
    } while (tokens.takes(","));
    tokens.require(")");
    return choices;
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (tokens.takes("+")) {
        left = new Computed(Operator.PLUS, left, product());
      } else if (tokens.takes("-")) {
        left = new Computed(Operator.MINUS, left, product());
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = factor();
    while (true) {
      if (tokens.takes("*")) {
        left = new Computed(Operator.TIMES, left, factor());
      } else if (tokens.takes("/")) {
        left = new Computed(Operator.BY, left, factor());
      } else {
        return left;
      }
    }
  }

  private Expression factor() {
    boolean negative = false;
    while (tokens.takes("-")) {
      negative = !negative;
    }
    Expression value = value();
    return negative ? new Negative(value) : value;
  }

  private Expression value() {
    if (tokens.takes("(")) {
      Expression inner = or();
      tokens.require(")");
      return inner;
    }
    Token token = tokens.take();
    return switch (token.kind()) {
      case TEXT -> new Literal(token.text());
      case NAME -> new ColumnValue(token.text());
      case NUMBER -> number(token);
      case WORD -> word(token);
      case SIGN -> throw tokens.mistake(token.at(), "'" + token.text() + "' stands for no value");
      case END -> throw tokens.mistake(token.at(), "a value is missing");
    };
  }

  private Expression number(Token token) {
    try {
      return new Literal(new BigDecimal(token.text()));
    } catch (NumberFormatException e) {
      throw tokens.mistake(token.at(), "'" + token.text() + "' is no number");
    }
  }

  private Expression word(Token token) {
    String word = token.text().toLowerCase(Locale.ROOT);
    Token after = tokens.peek();
    if (after.kind() == Tokens.Kind.TEXT && (word.equals("timestamp") || word.equals("date"))) {
      return new Literal(moment(tokens.take()));
    } else if (after.kind() == Tokens.Kind.TEXT && word.equals("interval")) {
      return new Literal(span(tokens.take()));
    } else if (tokens.takes("(")) {
      return call(token, word);
    }
    return switch (word) {
      case "true" -> new Literal(true);
      case "false" -> new Literal(false);
      case "null" -> new Literal(null);
      default -> new ColumnValue(token.text());
    };
  }

  private Moment moment(Token token) {
    try {
      return Moment.of(Instant.parse(token.text()));
    } catch (DateTimeParseException noInstant) {
      try {
        return Moment.of(LocalDate.parse(token.text()).atStartOfDay(ZoneOffset.UTC).toInstant());
      } catch (DateTimeParseException e) {
        throw tokens.mistake(token.at(), "'" + token.text() + "' is no time");
      }
    }
  }

  private Span span(Token token) {
    Duration length =
        Durations.parse(token.text())
            .orElseThrow(() -> tokens.mistake(token.at(), "'" + token.text() + "' is no interval"));
    return new Span(length.toNanos() / 1000);
  }

  private Expression call(Token name, String word) {
    if (word.equals("now")) {
      tokens.require(")");
      return new Now();
    }
    Aggregate.Function function =
        switch (word) {
          case "count" -> Aggregate.Function.COUNT;
          case "sum" -> Aggregate.Function.SUM;
          case "min" -> Aggregate.Function.MIN;
          case "max" -> Aggregate.Function.MAX;
          case "avg" -> Aggregate.Function.AVG;
          default -> throw tokens.mistake(name.at(), "there is no function '" + word + "'");
        };
    boolean all = function == Aggregate.Function.COUNT && tokens.takes("*");
    Optional<Expression> of = all ? Optional.empty() : Optional.of(or());
    tokens.require(")");
    Optional<Expression> filter = Optional.empty();
    if (tokens.takes("filter")) {
      tokens.require("(");
      tokens.require("where");
      filter = Optional.of(or());
      tokens.require(")");
    }
    return new Aggregate(function, of, filter, tokens.between(name));
  }
}
