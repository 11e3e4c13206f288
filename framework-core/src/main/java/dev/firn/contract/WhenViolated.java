package dev.firn.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What becomes of a row that breaks a rule of this column, in place of what the contract says. */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface WhenViolated {
  OnViolation value();

  /** More bad rows fail the load: {@code 10} or {@code 1%}; empty: no bound. */
  String maxBadRows() default "";
}
