package dev.firn.source;

import dev.firn.load.DeleteMode;
import dev.firn.load.MergeStrategy;
import dev.firn.load.Replacing;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a resource's rows meet those that are there; the twin of the long form of {@code
 * write-disposition} and of the keys beside it, as {@link dev.firn.load.WriteRules} describes them.
 */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface WriteSetting {
  /** Of a merge, one at most; by default upsert, with a merge key delete-insert. */
  MergeStrategy[] strategy() default {};

  /** Columns that rows to be deleted share with rows of the load. */
  String[] mergeKey() default {};

  /** Column that says that a record deletes its key. */
  String hardDelete() default "";

  /** Which record of a key wins within one load, such as {@code updated_at desc}. */
  String dedupSort() default "";

  /** Whether keys that the load does not bring are deleted. */
  boolean deleteAbsent() default false;

  /** Which rows a replacing load replaces. */
  Replacing.Scope scope() default Replacing.Scope.TABLE;

  Replacing.Strategy replaceStrategy() default Replacing.Strategy.TRUNCATE_INSERT;

  /** The one partition that is replaced, {@code field: value} each. */
  String[] partition() default {};

  /** How the table forgets rows, one at most; by default as its format version does. */
  DeleteMode[] deleteMode() default {};

  /** Name of the column with the time from which a version holds. */
  String validFrom() default "_firn_valid_from";

  /** Name of the column with the time until which a version held. */
  String validTo() default "_firn_valid_to";

  /** What the latter is while a version holds; by default null. */
  String activeTimestamp() default "";

  /** When the load's versions begin; by default when the load does. */
  String boundaryTimestamp() default "";

  /** Column whose value tells versions apart; by default the hash of the record. */
  String rowVersion() default "";
}
