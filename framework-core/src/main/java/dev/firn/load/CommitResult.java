package dev.firn.load;

import java.util.List;

/**
 * What became of a package.
 *
 * @param tables the root first
 * @param superseded staged root rows that a later one of the same key replaced
 * @param alreadyDone an earlier attempt had committed it
 * @param promise what readers were guaranteed: {@code one-commit}, {@code children-first} or {@code
 *     multi-table}
 */
public record CommitResult(
    List<TableOutcome> tables, long superseded, boolean alreadyDone, String promise) {
  public CommitResult {
    tables = List.copyOf(tables);
  }
}
