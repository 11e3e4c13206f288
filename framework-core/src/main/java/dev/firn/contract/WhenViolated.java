package dev.firn.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What becomes of a row that breaks a rule of this column, in place of what the contract says: any
 * rule, or a single one.
 *
 * <pre>{@code
 * @Min(20) @Max(600)
 * @WhenViolated(OnViolation.WARN)
 * @WhenViolated(rule = "max", value = OnViolation.QUARANTINE, maxBadRows = "1%")
 * Integer sgv
 * }</pre>
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(WhenViolated.Each.class)
public @interface WhenViolated {
  OnViolation value();

  /** More bad rows fail the load: {@code 10} or {@code 1%}; empty: no bound. */
  String maxBadRows() default "";

  /** The word of one rule, as in YAML: {@code min}, {@code pattern}; empty: all of the column. */
  String rule() default "";

  /** Several of them on one component. */
  @Documented
  @Target(ElementType.RECORD_COMPONENT)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Each {
    WhenViolated[] value();
  }
}
