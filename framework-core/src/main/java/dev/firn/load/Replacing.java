package dev.firn.load;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a replacing load replaces.
 *
 * @param partition the one partition that rows may be of, value by partition field, such as {@code
 *     day(at)} and {@code 2024-01-31}; empty: those of the load's rows
 */
public record Replacing(Scope scope, Strategy strategy, Map<String, String> partition) {
  /** The rows of the whole table, in one commit on the same table. */
  public static final Replacing ALL =
      new Replacing(Scope.TABLE, Strategy.TRUNCATE_INSERT, Map.of());

  public Replacing {
    partition = Collections.unmodifiableMap(new TreeMap<>(partition));
  }

  /** Whether tables are dropped and made anew. */
  public boolean dropsTables() {
    return strategy == Strategy.DROP_CREATE;
  }

  /** Which rows go. */
  public enum Scope {
    TABLE,
    /** Those of the partitions that the load has rows of. */
    PARTITION;

    /** The word in YAML. */
    public String word() {
      return Words.of(this);
    }

    /** Reads a word of {@link #word}. */
    public static Scope parse(String text) {
      return Words.parse(Scope.class, "scope", text);
    }
  }

  /** How rows go. */
  public enum Strategy {
    /** Out of the table, which stays and keeps its history. */
    TRUNCATE_INSERT,
    /** With the table, which is dropped and made anew as the load describes it. */
    DROP_CREATE;

    /** The word in YAML. */
    public String word() {
      return Words.of(this);
    }

    /** Reads a word of {@link #word}. */
    public static Strategy parse(String text) {
      return Words.parse(Strategy.class, "strategy of a replace", text);
    }
  }
}
