package dev.firn.source;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a resource's table is kept; the twin of {@code table-settings}, as {@link
 * dev.firn.schema.TableSettings} describes it.
 */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface TableSetting {
  /** 2 or 3; 0: not said. */
  int formatVersion() default 0;

  /** Sort fields such as {@code updated_at desc}. */
  String[] sortBy() default {};

  /** In bytes; 0: not said. */
  long targetFileSize() default 0;

  /** Columns with a bloom filter. */
  String[] bloomFilters() default {};

  /** {@code column: mode} each, such as {@code "note: none"}. */
  String[] metrics() default {};

  /** {@code name: value} each. */
  String[] properties() default {};
}
