package dev.firn.internal.normalize;

import dev.firn.contract.ContractMode;
import dev.firn.schema.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a column before a split is read.
 *
 * @param name the column's name
 * @param hashName what row hashes call it: a rename does not change it
 * @param type the type it has, or is guessed to have; null when nothing is known
 * @param kind whether that type can still change
 * @param known whether the live table has it, so that all spellings of its name mean it
 * @param arrival what the contract says to a column that the table lacks
 * @param misfit what it says to a value that the column cannot hold
 * @param facts the summary behind a guess
 * @param digits digits of decimals, as {@link Facts#type} wants them
 */
record ColumnPlan(
    String name,
    String hashName,
    @Nullable DataType type,
    Kind kind,
    boolean known,
    ContractMode arrival,
    ContractMode misfit,
    int facts,
    int digits) {

  /** Where a column's type comes from. */
  enum Kind {
    /** From the summary of its values. */
    INFERRED,
    /** From the live table. */
    COMMITTED,
    /** From the pipeline: more spellings are understood. */
    DECLARED,
    /** Beside a committed column, for values of one kind that it cannot hold. */
    COMPANION
  }

  boolean fixed() {
    return kind != Kind.INFERRED;
  }
}
