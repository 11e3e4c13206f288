package dev.firn.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a Java record as a contract: each component is a column with the type of its class, under
 * its name in the table's spelling ({@code dateString} is {@code date_string}). The annotations of
 * this package on the components are the rules. A component of a primitive type is required, one of
 * an enum holds one of its constants, one of a record holds columns {@code name.component}, and
 * lists are child tables, of which a contract says nothing.
 *
 * <pre>{@code
 * @Contract(columns = ContractMode.DISCARD_VALUE, onViolation = OnViolation.WARN)
 * public record GlucoseEntry(
 *     @Required @Matches("^[a-f0-9]{24}$") String _id,
 *     @Min(20) @Max(600) Integer sgv,
 *     Instant dateString) {}
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Contract {
  /** By default the record's name in snake case. */
  String name() default "";

  int version() default 1;

  /** For a table that does not exist yet. */
  ContractMode tables() default ContractMode.EVOLVE;

  /** For a column that an existing table lacks. */
  ContractMode columns() default ContractMode.EVOLVE;

  /** For a value that does not fit its committed column. */
  ContractMode dataType() default ContractMode.EVOLVE;

  OnViolation onViolation() default OnViolation.FAIL;

  /**
   * Conditions, such as {@code ended >= started} for each row, or {@code count(*) >= 1} for the
   * load.
   */
  String[] checks() default {};

  /** As in YAML, {@code 10} or {@code 1%}; empty: no bound. */
  String maxBadRows() default "";
}
