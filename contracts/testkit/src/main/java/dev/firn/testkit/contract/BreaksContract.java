package dev.firn.testkit.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Rows that break exactly one rule of a contract and say which, for a {@code @ForAll} parameter of
 * type {@link Mutant}: every rule and every condition on a row gets its turn, but those that cannot
 * be broken alone. What takes two rows to break, {@code unique}, is broken by a {@link ListMutant}.
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface BreaksContract {
  /** A record with {@link dev.firn.contract.Contract}. */
  Class<?> value() default Void.class;

  /** A contract's file, YAML or JSON Schema, from the working folder or on the class path. */
  String file() default "";
}
