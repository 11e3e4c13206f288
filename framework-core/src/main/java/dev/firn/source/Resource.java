package dev.firn.source;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Quarantine;
import dev.firn.load.WriteDisposition;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that brings the records of one table.
 *
 * <p>It returns a {@link java.util.stream.Stream}, {@link Iterable}, {@link java.util.Iterator},
 * {@link java.util.Optional} or array of Java records, beans (getters or public fields), maps with
 * text keys, Jackson objects, or Arrow {@code VectorSchemaRoot} batches, each of which Firn closes
 * after use. A stream or an {@link AutoCloseable} iterator is closed at the end. It takes no
 * parameter, or one {@link Cursor} with {@link Incremental}.
 *
 * <p>Text of a record or bean stays text; text in maps and JSON may be a time, as in JSON lines. A
 * property is a column, its name in the table's spelling: {@code updatedAt} is {@code updated_at}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Resource {
  /** The resource's name; by default the method's. */
  String name() default "";

  /** The table's name, with or without namespace; by default the resource's name. */
  String table() default "";

  /** The columns that tell records apart, by source path or column name. */
  String[] primaryKey() default {};

  WriteDisposition writeDisposition() default WriteDisposition.APPEND;

  /** How rows meet those that are there, beyond the disposition. */
  WriteSetting writeSettings() default @WriteSetting;

  /** Partition fields such as {@code day(updated_at)}. */
  String[] partitionBy() default {};

  /** Declared types, {@code name: type} each, such as {@code "amount: decimal(10,2)"}. */
  String[] columns() default {};

  /**
   * What happens to what the schema does not foresee: one mode for all, or three for tables,
   * columns and data type; by default the pipeline's.
   */
  ContractMode[] evolution() default {};

  /** Columns to rename, {@code "old: new"} each; they keep their values. */
  String[] renameColumns() default {};

  /** Columns to drop with their values. */
  String[] dropColumns() default {};

  /** How the table is kept. */
  TableSetting tableSettings() default @TableSetting;

  /** Deeper values become JSON text; negative: no bound. */
  int maxNesting() default -1;

  NamingRules.Style naming() default NamingRules.Style.SNAKE_CASE;

  NamingRules.OnCollision onCollision() default NamingRules.OnCollision.FAIL;

  /** Which records are kept in the table beside the resource's own. */
  Quarantine.Keep quarantine() default Quarantine.Keep.VIOLATIONS;

  /** How long they are kept, such as {@code 30d}; empty: for ever. */
  String quarantineRetention() default "";

  /** Records that one thread takes at a time, at most; 0: as many as a few megabytes hold. */
  int batchRows() default 0;
}
