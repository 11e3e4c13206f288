package dev.firn.internal.normalize;

import dev.firn.contract.ContractMode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.Counts.InTable;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.SystemColumns;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One column of one worker: takes values, sums up what they say, and keeps them in the type that is
 * planned. When a value changes the type of values that are stored already, the column is {@link
 * #clashed} and the split is read again under a new plan.
 */
final class ColumnBuilder implements AutoCloseable {
  /** Beyond this, a double does not hold every integer. */
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private final TableBuilder table;
  private final RecordState state;
  private final BufferAllocator allocator;

  /** The source's path below its table. */
  final String path;

  /** Other spellings that were read into this column. */
  final Set<String> aliases = new TreeSet<>();

  private ColumnPlan plan;
  private long nameHash;
  private boolean hashed;
  private @Nullable ColumnBuffer buffer;
  private @Nullable DataType type;
  private @Nullable FixedType fixedType;
  private int facts;
  private int digits;
  private int known;
  private int knownDigits;
  private boolean clashed;

  /** What the last value added to its record's hash. */
  private long lastHash;

  ColumnBuilder(TableBuilder table, String path, ColumnPlan plan, BufferAllocator allocator) {
    this.table = table;
    this.state = table.state();
    this.path = path;
    this.allocator = allocator;
    this.plan = plan;
    replan(plan);
  }

  /** Takes up another plan; the column is empty. */
  void replan(ColumnPlan next) {
    plan = next;
    nameHash = hashOf(next.hashName());
    hashed = state.hashing && !SystemColumns.reserved(next.name());
    facts = 0;
    digits = 0;
    known = next.facts();
    knownDigits = next.digits();
    clashed = false;
    type = next.fixed() ? next.type() : Facts.type(known, knownDigits);
    fixedType = next.fixed() && type != null ? new FixedType(type, next.kind()) : null;
    if (buffer != null && type != null) {
      buffer.reset(type);
    }
  }

  private static long hashOf(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return RowHash.of(utf8, 0, utf8.length);
  }

  ColumnPlan plan() {
    return plan;
  }

  int facts() {
    return facts;
  }

  int digits() {
    return digits;
  }

  @Nullable DataType type() {
    return type;
  }

  @Nullable ColumnBuffer buffer() {
    return buffer;
  }

  int nonNull() {
    return buffer == null ? 0 : buffer.nonNull();
  }

  boolean has(int row) {
    return buffer != null && buffer.has(row);
  }

  /** Whether this is a new column with values, which claims its name. */
  boolean named() {
    return switch (plan.kind()) {
      case INFERRED -> facts != 0;
      case DECLARED, COMPANION -> !plan.known() && nonNull() > 0;
      case COMMITTED -> false;
    };
  }

  /** Takes the value that the state holds. */
  void accept(int row) {
    Value value = state.value;
    if (plan.arrival() != ContractMode.EVOLVE) {
      arriveUnwanted();
      return;
    }
    if (buffer != null && buffer.lastRow() == row) {
      throw twice();
    }
    if (plan.fixed()) {
      acceptFixed(row, value);
    } else {
      acceptInferred(row, value);
    }
  }

  private void acceptInferred(int row, Value value) {
    if (value.fact == Facts.STRING && (facts & Facts.PLAIN_STRING) != Facts.PLAIN_STRING) {
      learnString(value);
    } else {
      learn(value.fact, value.fact == Facts.DECIMAL ? value.digits() : 0);
    }
    if (!clashed) {
      store(row, value);
      hash(value);
    }
  }

  private void learnString(Value value) {
    if (value.plain) {
      learn(Facts.PLAIN_STRING, 0);
      return;
    }
    if (state.isoTime.read(value.bytes, value.from, value.to)) {
      value.fact = Facts.TIMESTAMP;
      value.number = state.isoTime.micros();
      learn(Facts.TIMESTAMP, 0);
      return;
    }
    int bits = Facts.STRING;
    int number = Digits.canonical(value.bytes, value.from, value.to);
    if (number == 0) {
      bits |= Facts.STRING_NOT_NUMBER;
    } else if (number == Facts.DOUBLE) {
      bits |= Facts.STRING_FRACTION;
    }
    if (!Value.bool(value.bytes, value.from, value.to)) {
      bits |= Facts.STRING_NOT_BOOLEAN;
    }
    learn(bits, 0);
  }

  private void learn(int bits, int newDigits) {
    if ((facts & bits) != bits || Facts.widerDigits(digits, newDigits) != digits) {
      state.remember(this, facts, digits, clashed);
      facts |= bits;
      digits = Facts.widerDigits(digits, newDigits);
      summarise();
    }
  }

  /** Puts the summary back to what it was before a record that is taken back. */
  void restore(int oldFacts, int oldDigits, boolean wasClashed) {
    facts = oldFacts;
    digits = oldDigits;
    known = plan.facts();
    knownDigits = plan.digits();
    clashed = wasClashed; // a value that was not stored then is still missing
    summarise();
  }

  private void summarise() {
    known |= facts;
    knownDigits = Facts.widerDigits(knownDigits, digits);
    if (plan.fixed()) {
      clashed = (facts & Facts.PROMOTED) != 0;
      return;
    }
    DataType next = Facts.type(known, knownDigits);
    if (next == null || next.equals(type)) {
      return;
    }
    if (buffer == null || buffer.nonNull() == 0) {
      type = next;
      if (buffer != null) {
        buffer.reset(next);
      }
    } else {
      clashed = true;
    }
  }

  /** Whether values of this split wait for another type. */
  boolean clashed() {
    return clashed;
  }

  private ColumnBuffer buffer(DataType wanted) {
    ColumnBuffer present = buffer;
    if (present == null) {
      present = new ColumnBuffer(allocator, wanted);
      buffer = present;
    }
    return present;
  }

  /** Stores a value that the type can hold. */
  private void store(int row, Value value) {
    DataType target = type;
    if (target == null) {
      return;
    }
    ColumnBuffer into = buffer(target);
    if (target instanceof DataType.Decimal decimal) {
      into.putDecimal(row, value.asDecimal().setScale(decimal.scale(), RoundingMode.UNNECESSARY));
      return;
    }
    switch ((Simple) target) {
      case STRING -> {
        value.spell();
        into.putBytes(row, value.bytes, value.from, value.to);
      }
      case JSON, BINARY -> into.putBytes(row, value.bytes, value.from, value.to);
      case LONG -> into.putLong(row, asLong(value));
      case DOUBLE -> into.putDouble(row, asDouble(value));
      case FLOAT -> into.putInt(row, Float.floatToRawIntBits((float) asDouble(value)));
      case BOOLEAN -> into.putBoolean(row, asBoolean(value));
      case TIMESTAMP -> {
        into.putLong(row, value.number);
        countTruncated(value);
      }
      case TIMESTAMP_NTZ, TIME -> into.putLong(row, value.number);
      case DATE, INT32 -> into.putInt(row, (int) value.number);
      case UUID -> into.putUuid(row, value.uuid);
    }
  }

  private void countTruncated(Value value) {
    if (value.spelled && state.isoTime.truncated()) {
      state.counts.count(table, InTable.TRUNCATED);
    }
  }

  private static long asLong(Value value) {
    return value.fact == Facts.STRING
        ? Digits.toLong(value.bytes, value.from, value.to)
        : value.number;
  }

  private static boolean asBoolean(Value value) {
    return value.fact == Facts.STRING ? value.to - value.from == 4 : value.number != 0;
  }

  private double asDouble(Value value) {
    return switch (value.fact) {
      case Facts.DOUBLE -> value.real;
      case Facts.LONG -> fromLong(value.number);
      case Facts.STRING ->
          Digits.canonical(value.bytes, value.from, value.to) == Facts.LONG
              ? fromLong(asLong(value))
              : Digits.toDouble(value.bytes, value.from, value.to);
      default -> {
        double nearest = value.asDecimal().doubleValue();
        if (value.fact == Facts.BIG) {
          state.counts.count(table, InTable.LOSSY);
        }
        yield nearest;
      }
    };
  }

  private double fromLong(long number) {
    if (number > EXACT_IN_DOUBLE || number < -EXACT_IN_DOUBLE) {
      state.counts.count(table, InTable.LOSSY);
    }
    return (double) number;
  }

  private void hash(Value value) {
    if (hashed) {
      lastHash = RowHash.value(table.place(), nameHash, value.hash());
      state.hash += lastHash;
    }
  }

  /** Takes back the value of the open row, also out of the record's hash. */
  void takeBackLast(int row) {
    truncate(row);
    if (hashed) {
      state.hash -= lastHash;
    }
  }

  private void acceptFixed(int row, Value value) {
    FixedType target = fixedType;
    if (target == null) {
      throw new IllegalStateException(path);
    } else if (target.put(row, value, buffer(target.type()), table)) {
      hash(value);
    } else {
      misfit(row, value);
    }
  }

  private void misfit(int row, Value value) {
    if (plan.kind() == ColumnPlan.Kind.COMMITTED && Widening.helps(plan.type(), value)) {
      learn(Facts.PROMOTED, Widening.digits(value));
      return;
    }
    switch (plan.misfit()) {
      case EVOLVE -> {
        if (value.fact == Facts.STRING
            && !value.plain
            && state.isoTime.read(value.bytes, value.from, value.to)) {
          value.fact = Facts.TIMESTAMP;
          value.number = state.isoTime.micros();
        }
        table.companion(this, Companion.of(value)).accept(row);
      }
      case DISCARD_VALUE -> state.counts.count(table, InTable.VALUE_DISCARDED);
      case DISCARD_ROW -> state.discardRow(plan.name());
      case FREEZE ->
          throw new FirnException(
              ErrorCode.CONTRACT_FROZEN,
              "Table %s: column '%s' is frozen as %s but a record brings %s."
                  .formatted(table.name(), plan.name(), word(plan.type()), shown(value)),
              "Fix the source, or set evolution.data-type to evolve or discard_value.");
    }
  }

  private static String word(@Nullable DataType type) {
    return type == null ? "unknown" : type.word();
  }

  private static String shown(Value value) {
    String text = value.spelling();
    String quoted = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return value.fact == Facts.STRING ? "the string '" + quoted + "'" : "the value " + quoted;
  }

  /**
   * A value for a column that an existing table lacks, where the contract does not simply add it.
   */
  private void arriveUnwanted() {
    switch (plan.arrival()) {
      case DISCARD_ROW -> state.discardRow(plan.name());
      case FREEZE ->
          throw new FirnException(
              ErrorCode.CONTRACT_FROZEN,
              "Table %s: its columns are frozen but a record brings the new column '%s' (source path '%s')."
                  .formatted(table.name(), plan.name(), path),
              "Remove the field from the source, or set evolution.columns to evolve or discard_value.");
      case DISCARD_VALUE -> state.counts.count(table, InTable.VALUE_DISCARDED);
      case EVOLVE -> {}
    }
  }

  private FirnException twice() {
    return new FirnException(
        ErrorCode.DUPLICATE_KEY,
        "Table %s: one record brings column '%s' twice (source path '%s')."
            .formatted(table.name(), plan.name(), path),
        "Keep one of the fields, or set on-error: continue to leave such records out.");
  }

  /** Takes back the values from row {@code rows} on. */
  void truncate(int rows) {
    if (buffer != null) {
      buffer.truncate(rows);
    }
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
    }
  }
}
