package dev.firn.source;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the {@link Cursor} parameter of a {@link Resource} method that reads only what is new. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Incremental {
  /** Path of the cursor in a record, by source path or column name. */
  String cursor();

  /** Where the first run starts, included; by default at everything. */
  String initial() default "";

  /**
   * How far before the last value a run starts again, for records that arrive late: {@code 5m} for
   * times, {@code 2d} for dates, a number for numbers.
   */
  String lag() default "";

  /** What to do with a record without a cursor value. */
  IncrementalSpec.OnMissing onMissing() default IncrementalSpec.OnMissing.FAIL;
}
