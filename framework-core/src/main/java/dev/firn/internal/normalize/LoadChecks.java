package dev.firn.internal.normalize;

import dev.firn.contract.Check;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.internal.expression.Expression;
import dev.firn.internal.expression.Expression.Aggregate;
import dev.firn.internal.expression.ExpressionParser;
import dev.firn.internal.expression.Moment;
import dev.firn.internal.expression.Tally;
import dev.firn.internal.expression.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a contract asks of a load's rows together, as expressions on their aggregates. */
public final class LoadChecks {
  private final List<Asked> asked;
  private final List<Aggregate> aggregates = new ArrayList<>();

  /** One check that is a condition. */
  private record Asked(Check check, OnViolation onViolation, Expression condition) {}

  /**
   * What a load made of a check.
   *
   * @param found the values that it was judged by: {@code count(*) = 0}
   */
  public record Result(String check, OnViolation onViolation, boolean held, String found) {}

  private LoadChecks(List<Asked> asked) {
    this.asked = asked;
    asked.forEach(each -> aggregates.addAll(each.condition().aggregates()));
  }

  static LoadChecks of(SchemaContract contract) {
    List<Asked> asked = new ArrayList<>();
    for (Check check : contract.checks()) {
      String text = condition(check);
      Expression condition = text.isEmpty() ? null : ExpressionParser.parse(text);
      if (condition != null && !condition.aggregates().isEmpty()) {
        asked.add(new Asked(check, contract.onViolation(check), condition));
      }
    }
    return new LoadChecks(asked);
  }

  static LoadChecks none() {
    return new LoadChecks(List.of());
  }

  /** The check in the words of expressions; the empty text for one that no aggregate can tell. */
  private static String condition(Check check) {
    if (check instanceof Check.RowCount count) {
      StringJoiner bounds = new StringJoiner(" and ");
      count.min().ifPresent(least -> bounds.add("count(*) >= " + least));
      count.max().ifPresent(most -> bounds.add("count(*) <= " + most));
      return bounds.toString();
    } else if (check instanceof Check.Freshness fresh) {
      return "max(%s) >= now() - interval '%s'".formatted(quoted(fresh.column()), fresh.maxAge());
    } else if (check instanceof Check.NullShare share) {
      return "count(*) filter (where %s is null) * 100 <= %s * count(*)"
          .formatted(quoted(share.column()), share.percent().toPlainString());
    } else if (check instanceof Check.Expression expression) {
      return expression.condition();
    }
    return "";
  }

  private static String quoted(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  List<Aggregate> aggregates() {
    return aggregates;
  }

  /** What may come once, by rules of columns and by checks, each with its word. */
  static List<UniqueChecks.Asked> unique(SchemaContract contract) {
    List<UniqueChecks.Asked> all = new ArrayList<>();
    for (ColumnContract column : contract.columns()) {
      for (Rule rule : column.rules()) {
        if (rule instanceof Rule.Unique unique) {
          OnViolation word = contract.onViolation(column, rule);
          all.add(
              new UniqueChecks.Asked(
                  new Check.Unique(List.of(column.column()), unique.scope(), Optional.of(word)),
                  column.terms(rule).maxBadRows().or(column::maxBadRows)));
        }
      }
    }
    for (Check check : contract.checks()) {
      if (check instanceof Check.Unique unique) {
        OnViolation word = contract.onViolation(check);
        all.add(
            new UniqueChecks.Asked(
                new Check.Unique(unique.columns(), unique.scope(), Optional.of(word)),
                Optional.empty()));
      }
    }
    return all;
  }

  /**
   * Judges a load.
   *
   * @param tallies of its rows; empty: there was none
   */
  public List<Result> judge(List<Tally> tallies, Instant now) {
    List<Tally> all = tallies.isEmpty() ? LoadTallies.none(aggregates) : tallies;
    Totals totals = new Totals(aggregates, all, Moment.of(now));
    List<Result> results = new ArrayList<>();
    for (Asked each : asked) {
      boolean held = !Boolean.FALSE.equals(each.condition().in(totals));
      StringJoiner found = new StringJoiner(", ");
      for (Aggregate aggregate : each.condition().aggregates()) {
        Object value = totals.aggregate(aggregate);
        found.add(aggregate.text() + " = " + (value == null ? "null" : value));
      }
      results.add(new Result(each.check().text(), each.onViolation(), held, found.toString()));
    }
    return results;
  }

  private record Totals(List<Aggregate> aggregates, List<Tally> tallies, Moment now)
      implements Values {
    @Override
    public @Nullable Object column(String name) {
      throw new IllegalStateException(name + " is not of a load");
    }

    @Override
    public @Nullable Object aggregate(Aggregate aggregate) {
      return tallies.get(aggregates.indexOf(aggregate)).result(aggregate);
    }
  }
}
