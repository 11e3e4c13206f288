package dev.firn.testkit.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Rows that keep a contract, for a {@code @ForAll} parameter of type {@code JsonNode} or {@code
 * List<JsonNode>}. In a list, no value that is {@code unique} comes twice. Conditions on the values
 * of a row are kept; what a contract asks of a whole load otherwise is not looked at.
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface FromContract {
  /** A record with {@link dev.firn.contract.Contract}. */
  Class<?> value() default Void.class;

  /** A contract's file, YAML or JSON Schema, from the working folder or on the class path. */
  String file() default "";
}
