package dev.firn.source;

import dev.firn.schema.DataType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a resource reads only what is new.
 *
 * @param cursor path of the cursor in a record, keys joined by {@code .}
 * @param type the cursor's type, where it is declared
 * @param initial where the first run starts
 * @param end where a backfill ends; it neither reads nor moves the state
 * @param until where every run ends, {@code now} or a value; what lies beyond is left to later runs
 * @param lag how far before the last value a run starts again: a duration such as {@code 5m} for
 *     times, a number for numbers
 * @param rangeStart whether the start itself is read
 * @param rangeEnd whether the end itself is read
 * @param rowOrder how the source sorts its records, so that reading can stop early
 * @param uniqueBy columns that tell records of one cursor value apart; empty: the primary key, else
 *     the whole record
 * @param deduplicate whether records of the last value that were loaded before are left out
 * @param order compares cursor values by their text, times in ISO-8601 and UTC, where their natural
 *     order is not the right one; only code can say it
 */
public record IncrementalSpec(
    String cursor,
    Optional<DataType> type,
    Optional<String> initial,
    Optional<String> end,
    Optional<String> until,
    Optional<String> lag,
    LastValue lastValue,
    Bound rangeStart,
    Bound rangeEnd,
    RowOrder rowOrder,
    OnMissing onMissing,
    List<String> uniqueBy,
    boolean deduplicate,
    Optional<Comparator<String>> order) {
  /** The value of {@code until} that stands for the run's start. */
  public static final String NOW = "now";

  public IncrementalSpec {
    uniqueBy = List.copyOf(uniqueBy);
  }

  /** Which value is the last one: it is where the next run starts. */
  public enum LastValue {
    MAX,
    MIN
  }

  /** Whether a range holds its bound. */
  public enum Bound {
    CLOSED,
    OPEN
  }

  /** How the records of a source are sorted by their cursor. */
  public enum RowOrder {
    ANY,
    ASC,
    DESC
  }

  /** What to do with a record without a cursor value. */
  public enum OnMissing {
    FAIL,
    INCLUDE,
    EXCLUDE
  }

  /** From everything on, failing where the cursor is missing. */
  public static IncrementalSpec on(String cursor) {
    return new IncrementalSpec(
        cursor,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        LastValue.MAX,
        Bound.CLOSED,
        Bound.OPEN,
        RowOrder.ANY,
        OnMissing.FAIL,
        List.of(),
        true,
        Optional.empty());
  }

  /** Whether the state is neither read nor moved. */
  public boolean stateless() {
    return end.isPresent();
  }

  /** The same with {@code now} filled in where {@code until} says it. */
  public IncrementalSpec at(Instant now) {
    return until.filter(NOW::equals).isPresent() ? withUntil(now.toString()) : this;
  }

  public IncrementalSpec withType(DataType other) {
    return with(parts -> parts.type = Optional.of(other));
  }

  public IncrementalSpec withInitial(String value) {
    return with(parts -> parts.initial = Optional.of(value));
  }

  public IncrementalSpec withEnd(String value) {
    return with(parts -> parts.end = Optional.of(value));
  }

  public IncrementalSpec withUntil(String value) {
    return with(parts -> parts.until = Optional.of(value));
  }

  public IncrementalSpec withLag(String other) {
    return with(parts -> parts.lag = Optional.of(other));
  }

  public IncrementalSpec withLastValue(LastValue other) {
    return with(parts -> parts.lastValue = other);
  }

  public IncrementalSpec withRange(Bound start, Bound atEnd) {
    return with(
        parts -> {
          parts.rangeStart = start;
          parts.rangeEnd = atEnd;
        });
  }

  public IncrementalSpec withRowOrder(RowOrder other) {
    return with(parts -> parts.rowOrder = other);
  }

  public IncrementalSpec withOnMissing(OnMissing other) {
    return with(parts -> parts.onMissing = other);
  }

  public IncrementalSpec withUniqueBy(List<String> columns) {
    return with(parts -> parts.uniqueBy = columns);
  }

  public IncrementalSpec withDeduplicate(boolean other) {
    return with(parts -> parts.deduplicate = other);
  }

  public IncrementalSpec withOrder(Comparator<String> other) {
    return with(parts -> parts.order = Optional.of(other));
  }

  /** What another says of the same cursor where this one says nothing. */
  public IncrementalSpec completedBy(IncrementalSpec other) {
    IncrementalSpec plain = on(cursor);
    return with(
        parts -> {
          parts.type = type.or(other::type);
          parts.initial = initial.or(other::initial);
          parts.end = end.or(other::end);
          parts.until = until.or(other::until);
          parts.lag = lag.or(other::lag);
          parts.lastValue = lastValue == plain.lastValue ? other.lastValue : lastValue;
          parts.rangeStart = rangeStart == plain.rangeStart ? other.rangeStart : rangeStart;
          parts.rangeEnd = rangeEnd == plain.rangeEnd ? other.rangeEnd : rangeEnd;
          parts.rowOrder = rowOrder == plain.rowOrder ? other.rowOrder : rowOrder;
          parts.uniqueBy = uniqueBy.isEmpty() ? other.uniqueBy : uniqueBy;
          parts.deduplicate = deduplicate && other.deduplicate;
          parts.order = order.or(other::order);
        });
  }

  private IncrementalSpec with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.spec();
  }

  /** A copy in the making. */
  private static final class Parts {
    private final String cursor;
    private Optional<DataType> type;
    private Optional<String> initial;
    private Optional<String> end;
    private Optional<String> until;
    private Optional<String> lag;
    private LastValue lastValue;
    private Bound rangeStart;
    private Bound rangeEnd;
    private RowOrder rowOrder;
    private OnMissing onMissing;
    private List<String> uniqueBy;
    private boolean deduplicate;
    private Optional<Comparator<String>> order;

    Parts(IncrementalSpec of) {
      this.cursor = of.cursor;
      this.type = of.type;
      this.initial = of.initial;
      this.end = of.end;
      this.until = of.until;
      this.lag = of.lag;
      this.lastValue = of.lastValue;
      this.rangeStart = of.rangeStart;
      this.rangeEnd = of.rangeEnd;
      this.rowOrder = of.rowOrder;
      this.onMissing = of.onMissing;
      this.uniqueBy = of.uniqueBy;
      this.deduplicate = of.deduplicate;
      this.order = of.order;
    }

    IncrementalSpec spec() {
      return new IncrementalSpec(
          cursor,
          type,
          initial,
          end,
          until,
          lag,
          lastValue,
          rangeStart,
          rangeEnd,
          rowOrder,
          onMissing,
          uniqueBy,
          deduplicate,
          order);
    }
  }
}
