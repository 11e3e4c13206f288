package dev.firn.internal.normalize;

import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.internal.expression.Moment;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one column, for one worker. */
final class ColumnCheck extends RowCheck {
  private static final int LONGEST_SHOWN = 60;

  private final List<Rule> rules;
  private final ValueTest[] tests;
  private final int missing;

  /** Whether it is worth remembering what was said of a text. */
  private final boolean costly;

  private final SeenTexts seen = new SeenTexts();
  private @Nullable ColumnBuilder column;
  private boolean arrived;

  /**
   * @param words what becomes of rows that break each of the rules
   */
  ColumnCheck(String name, List<Rule> rules, List<OnViolation> words) {
    super(name, words);
    this.rules = rules;
    this.tests = rules.stream().map(ValueTest::of).toArray(ValueTest[]::new);
    int bit = rules.indexOf(new Rule.Required());
    this.missing = bit < 0 ? 0 : 1 << bit;
    this.costly =
        rules.stream()
            .anyMatch(rule -> rule instanceof Rule.Matches || rule instanceof Rule.Format);
  }

  @Override
  String rule(int index) {
    return rules.get(index).text();
  }

  @Override
  boolean arrived() {
    return arrived;
  }

  @Override
  void forget() {
    column = null;
    arrived = false;
  }

  @Override
  boolean isOf(String other) {
    return name().equals(other);
  }

  @Override
  int broken(TableBuilder root, int row) {
    ColumnBuilder builder = column;
    if (builder == null) {
      builder = root.named(name());
      column = builder;
    }
    if (builder == null) {
      return missing;
    }
    ColumnBuffer buffer = builder.buffer();
    if (builder.clashed()) {
      return 0; // the split is read again
    } else if (buffer == null || !buffer.has(row)) {
      return missing;
    }
    arrived = true;
    return costly && buffer.type() == Simple.STRING
        ? seen.verdict(buffer, row, () -> judge(buffer, row))
        : judge(buffer, row);
  }

  private int judge(ColumnBuffer buffer, int row) {
    int broken = 0;
    for (int i = 0; i < tests.length; i++) {
      if (!tests[i].holds(buffer, row)) {
        broken |= 1 << i;
      }
    }
    return broken;
  }

  /** A row whose value is left out lacks it. */
  @Override
  int deciding(int broken) {
    return asks(OnViolation.NULL_VALUE, broken) ? broken | missing : broken;
  }

  @Override
  int presence() {
    return missing;
  }

  @Override
  void takeBack(int row) {
    ColumnBuilder builder = column;
    if (builder != null) {
      builder.takeBackLast(row);
    }
  }

  @Override
  String shown(int row) {
    ColumnBuffer buffer = column == null ? null : column.buffer();
    return buffer == null || !buffer.has(row) ? "null" : shown(buffer, row);
  }

  /** A value that is there, for messages. */
  static String shown(ColumnBuffer buffer, int row) {
    DataType type = buffer.type();
    if (type instanceof DataType.Decimal decimal) {
      return buffer.decimalAt(row, decimal.scale()).toPlainString();
    }
    return switch ((Simple) type) {
      case LONG -> Long.toString(buffer.longAt(row));
      case INT32 -> Integer.toString(buffer.intAt(row));
      case DOUBLE -> Double.toString(Double.longBitsToDouble(buffer.longAt(row)));
      case FLOAT -> Float.toString(Float.intBitsToFloat(buffer.intAt(row)));
      case STRING, JSON -> text(buffer, row);
      case BOOLEAN -> Boolean.toString(buffer.booleanAt(row));
      case DATE -> LocalDate.ofEpochDay(buffer.intAt(row)).toString();
      case TIMESTAMP, TIMESTAMP_NTZ -> new Moment(buffer.longAt(row)).toString();
      case TIME -> LocalTime.ofNanoOfDay(buffer.longAt(row) * 1_000).toString();
      case UUID -> buffer.uuidAt(row).toString();
      case BINARY -> type.word();
    };
  }

  private static String text(ColumnBuffer buffer, int row) {
    StoredText text = new StoredText();
    buffer.read(row, text);
    String whole = text.text();
    String cut = whole.length() > LONGEST_SHOWN ? whole.substring(0, LONGEST_SHOWN) + "..." : whole;
    return "'" + cut + "'";
  }
}
