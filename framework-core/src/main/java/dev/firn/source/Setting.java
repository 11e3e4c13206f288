package dev.firn.source;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that takes a value of {@code settings} in YAML. Its type is text, a number, a
 * boolean, a duration ({@code 30s}), a URI, a path (from the folder of {@code pipeline.yaml}), an
 * enum or a list of text.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
  /** The key; by default the field's name, {@code baseUrl} as {@code base-url}. */
  String name() default "";

  /** The value where YAML gives none, as YAML would write it; empty: none. */
  String defaultValue() default "";

  /** Whether a value must come from somewhere; without one an optional field stays as it is. */
  boolean required() default true;
}
