package dev.firn.internal.normalize;

import dev.firn.contract.OnViolation;
import dev.firn.internal.expression.Expression;
import dev.firn.internal.expression.ExpressionParser;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A condition on the values of a row together, for one worker. */
final class ConditionCheck extends RowCheck {
  private static final int HOLDS = 0;
  private static final int BROKEN = 1;

  private final String text;
  private final Expression condition;
  private final RowValues values;
  private @Nullable TableBuilder root;

  ConditionCheck(String name, String text, OnViolation onViolation, RowValues values) {
    super(name, List.of(onViolation));
    this.text = text;
    this.condition = ExpressionParser.parse(text);
    this.values = values;
  }

  @Override
  String rule(int index) {
    return text;
  }

  @Override
  boolean isOf(String column) {
    return condition.columns().stream().map(values::nameOf).anyMatch(column::equals);
  }

  @Override
  int broken(TableBuilder table, int row) {
    root = table;
    RowValues at = values.at(table, row);
    Object truth = condition.in(at);
    return Boolean.FALSE.equals(truth) && !at.clashed(condition) ? BROKEN : HOLDS;
  }

  /** {@code (a 3, b null)}. */
  @Override
  String shown(int row) {
    StringJoiner shown = new StringJoiner(", ", "(", ")");
    TableBuilder table = root;
    if (table != null) {
      RowValues at = values.at(table, row);
      condition.columns().forEach(column -> shown.add(column + " " + at.column(column)));
    }
    return shown.toString();
  }

  @Override
  void forget() {
    values.forget();
  }
}
