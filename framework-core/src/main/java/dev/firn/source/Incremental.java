package dev.firn.source;

import dev.firn.source.IncrementalSpec.Bound;
import dev.firn.source.IncrementalSpec.LastValue;
import dev.firn.source.IncrementalSpec.OnMissing;
import dev.firn.source.IncrementalSpec.RowOrder;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Comparator;

/** Marks the {@link Cursor} parameter of a {@link Resource} method that reads only what is new. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Incremental {
  /** Path of the cursor in a record, by source path or column name. */
  String cursor();

  /** Where the first run starts; by default at everything. */
  String initial() default "";

  /**
   * How far before the last value a run starts again, for records that arrive late: {@code 5m} for
   * times, {@code 2d} for dates, a number for numbers.
   */
  String lag() default "";

  /** Where a backfill ends; needs {@code initial}, and neither reads nor moves the state. */
  String end() default "";

  /** Where every run ends: {@code now}, or a value. Later records are left to later runs. */
  String until() default "";

  /** Which value the next run starts from. */
  LastValue lastValue() default LastValue.MAX;

  /** Whether records of exactly the start are read. */
  Bound rangeStart() default Bound.CLOSED;

  /** Whether records of exactly the end are read. */
  Bound rangeEnd() default Bound.OPEN;

  /** How the method sorts its records: reading stops where the range is passed. */
  RowOrder rowOrder() default RowOrder.ANY;

  /** What to do with a record without a cursor value. */
  OnMissing onMissing() default OnMissing.FAIL;

  /**
   * The columns that tell records of one cursor value apart; by default the primary key, else the
   * whole record.
   */
  String[] uniqueBy() default {};

  /** Whether records of the last value that were loaded before are left out. */
  boolean deduplicate() default true;

  /**
   * Compares cursor values by their text, times in ISO-8601 and UTC, where their natural order is
   * not the right one, as for version numbers. Has a constructor without parameters.
   */
  Class<? extends Comparator<String>> order() default NaturalOrder.class;

  /** Stands for the order of times, numbers and text. */
  final class NaturalOrder implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
      return one.compareTo(other);
    }
  }
}
