package dev.firn.internal.normalize;

import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one column, for one worker. */
final class ColumnCheck {
  private static final int LONGEST_SHOWN = 60;

  private final String name;
  private final List<Rule> rules;
  private final OnViolation onViolation;
  private final ValueTest[] tests;
  private final int missing;
  private @Nullable ColumnBuilder column;
  private boolean arrived;

  /** How often each rule was broken; the owner counts. */
  final long[] counts;

  ColumnCheck(String name, List<Rule> rules, OnViolation onViolation) {
    this.name = name;
    this.rules = rules;
    this.onViolation = onViolation;
    this.tests = rules.stream().map(ValueTest::of).toArray(ValueTest[]::new);
    this.counts = new long[tests.length];
    int bit = rules.indexOf(new Rule.Required());
    this.missing = bit < 0 ? 0 : 1 << bit;
  }

  String name() {
    return name;
  }

  OnViolation onViolation() {
    return onViolation;
  }

  int size() {
    return tests.length;
  }

  String rule(int index) {
    return rules.get(index).text();
  }

  /** Whether any value came since {@link #forget}. */
  boolean arrived() {
    return arrived;
  }

  /** Forgets the column's place, which another plan may give to another. */
  void forget() {
    column = null;
    arrived = false;
  }

  /** The broken rules of a row as bits, in the order of the rules. */
  int broken(TableBuilder root, int row) {
    ColumnBuilder builder = column;
    if (builder == null) {
      builder = root.named(name);
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
    int broken = 0;
    for (int i = 0; i < tests.length; i++) {
      if (!tests[i].holds(buffer, row)) {
        broken |= 1 << i;
      }
    }
    return broken;
  }

  /** Whether a row has a value. */
  boolean has(int row) {
    ColumnBuilder builder = column;
    return builder != null && builder.has(row);
  }

  /** Takes the value of the last row back. */
  void takeBack(int row) {
    ColumnBuilder builder = column;
    if (builder != null) {
      builder.takeBackLast(row);
    }
  }

  /** The value of a row, for messages. */
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
      case STRING -> text(buffer, row);
      case BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMP_NTZ, BINARY, UUID, JSON -> type.word();
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
