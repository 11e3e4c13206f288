package dev.firn.source;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a text field that takes a secret of {@code settings} in YAML; it has no default. */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Secret {
  /** The key; by default the field's name, {@code apiToken} as {@code api-token}. */
  String name() default "";

  /** Whether a value must come from somewhere; without one an optional field stays as it is. */
  boolean required() default true;
}
