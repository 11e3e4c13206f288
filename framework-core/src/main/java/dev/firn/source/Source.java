package dev.firn.source;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class whose {@link Resource} methods bring records. It has a constructor without
 * parameters; {@code pipeline.yaml} names it with {@code type: java, class: ...}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Source {
  /** The source's name where YAML gives none. */
  String name();

  /** One line for people. */
  String description() default "";
}
