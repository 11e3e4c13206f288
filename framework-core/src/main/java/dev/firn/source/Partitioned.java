package dev.firn.source;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cuts a {@link Resource} into windows of time. Its method takes the {@link PartitionWindow} that
 * it is to bring, and is called once for each; with {@code --parallel} by several threads at once.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Partitioned {
  /** How long a window is: {@code hour}, {@code day}, {@code week}, {@code month}, {@code year}. */
  String every();

  /** Where the first window begins: {@code 2024-01-31}. */
  String start();

  /** Where days and months begin; by default in UTC. */
  String timezone() default "";

  /** How long after its end a window is still read again: {@code 6h}, {@code 2d}. */
  String lag() default "";
}
