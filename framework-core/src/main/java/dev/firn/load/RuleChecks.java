package dev.firn.load;

import dev.firn.load.Replacing.Scope;
import dev.firn.load.Replacing.Strategy;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what the rules of one resource contradict. */
final class RuleChecks {
  private static final String DISPOSITION = "write-disposition";
  private static final String MERGE_KEY = "merge-key";
  private static final String HARD_DELETE = "hard-delete";
  private static final String DEDUP_SORT = "dedup-sort";

  private final WriteRules rules;
  private final WriteDisposition disposition;
  private final List<String> key;
  private final boolean incremental;
  private final List<RuleProblem> problems = new ArrayList<>();

  RuleChecks(
      WriteRules rules, WriteDisposition disposition, List<String> key, boolean incremental) {
    this.rules = rules;
    this.disposition = disposition;
    this.key = key;
    this.incremental = incremental;
  }

  List<RuleProblem> problems() {
    if (disposition == WriteDisposition.MERGE) {
      checkMerge();
    } else {
      refuseMergeKeys();
    }
    checkReplacing();
    return problems;
  }

  private void problem(String at, String message, String hint) {
    problems.add(new RuleProblem(at, message, hint));
  }

  private void refuseMergeKeys() {
    String hint = "Use write-disposition: merge, or leave it out.";
    if (!rules.mergeKey().isEmpty()) {
      problem(MERGE_KEY, "Only a merge has a merge-key.", hint);
    }
    if (rules.hardDelete().isPresent()) {
      problem(HARD_DELETE, "Only a merge has a hard-delete column.", hint);
    }
    if (rules.dedupSort().isPresent()) {
      problem(DEDUP_SORT, "Only a merge has a dedup-sort column.", hint);
    }
    if (rules.strategy().isPresent()
        || rules.deleteAbsent()
        || !rules.validity().equals(Validity.DEFAULT)) {
      problem(
          DISPOSITION, "What is said of a merge is no part of " + disposition.word() + ".", hint);
    }
  }

  private void checkMerge() {
    MergeStrategy strategy = rules.mergeStrategy();
    boolean keyed = !rules.mergeKey().isEmpty();
    if (keyed && (strategy == MergeStrategy.UPSERT || strategy == MergeStrategy.INSERT_ONLY)) {
      problem(
          MERGE_KEY,
          "The strategy " + strategy.word() + " has no use for a merge-key.",
          "Use delete-insert or scd2, or leave the merge-key out.");
    }
    if (rules.dedupSort().isPresent() && key.isEmpty()) {
      problem(
          DEDUP_SORT,
          "A dedup-sort needs a key: it chooses among the records of one.",
          "Add primary-key, or leave it out.");
    }
    rules
        .hardDelete()
        .filter(column -> key.contains(column) || rules.mergeKey().contains(column))
        .ifPresent(
            column ->
                problem(
                    HARD_DELETE,
                    "The column '" + column + "' is part of the key and says what to delete.",
                    "Name another column."));
    checkAbsent(strategy, keyed);
    checkVersions(strategy, keyed);
  }

  private void checkAbsent(MergeStrategy strategy, boolean keyed) {
    if (!rules.deleteAbsent()) {
      return;
    }
    if (strategy == MergeStrategy.INSERT_ONLY || strategy == MergeStrategy.SCD2) {
      problem(
          DISPOSITION,
          "The strategy "
              + strategy.word()
              + " deletes no row, so absent: delete is no part of it.",
          "Leave it out: scd2 closes the versions of absent rows by itself.");
    } else if (key.isEmpty() || keyed) {
      problem(
          DISPOSITION,
          "absent: delete needs a primary-key and no merge-key.",
          "Leave one out: a merge-key deletes what is absent among the rows that share it.");
    }
    if (incremental) {
      problem(
          DISPOSITION,
          "absent: delete needs all records in every load, but a cursor brings only new ones.",
          "Leave out incremental or absent.");
    }
  }

  private void checkVersions(MergeStrategy strategy, boolean keyed) {
    Validity validity = rules.validity();
    if (strategy != MergeStrategy.SCD2) {
      if (!validity.equals(Validity.DEFAULT)) {
        problem(
            DISPOSITION,
            "The strategy " + strategy.word() + " knows no validity of rows.",
            "Use strategy: scd2, or leave out the keys of validity.");
      }
      return;
    }
    if (incremental && !keyed) {
      problem(
          DISPOSITION,
          "Versions of absent rows are closed, but a cursor brings only new records.",
          "Add a merge-key: then only rows that share it with a record are closed.");
    }
    if (validity.from().equals(validity.to())) {
      problem(
          DISPOSITION,
          "valid-from and valid-to are one column, '" + validity.to() + "'.",
          "Give them two names.");
    }
    column("valid-from", validity.from(), Validity.DEFAULT.from());
    column("valid-to", validity.to(), Validity.DEFAULT.to());
    timestamp("active-timestamp", validity.active());
    timestamp("boundary-timestamp", validity.boundary());
  }

  private void column(String what, String name, String own) {
    boolean system = name.startsWith("_firn_") && !name.equals(own);
    if (name.isBlank() || system || key.contains(name) || rules.columns().contains(name)) {
      problem(
          DISPOSITION,
          "The column of %s cannot be '%s'.".formatted(what, name),
          "Choose a name that no other column has and that does not begin with _firn_.");
    }
  }

  private void timestamp(String what, Optional<String> text) {
    try {
      text.filter(each -> !each.contains("${")).ifPresent(OffsetDateTime::parse);
    } catch (DateTimeParseException e) {
      problem(
          DISPOSITION,
          "The %s is '%s', which is no time.".formatted(what, text.orElse("")),
          "Write it as 2024-01-31T00:00:00Z.");
    }
  }

  private void checkReplacing() {
    Replacing replacing = rules.replacing();
    if (disposition != WriteDisposition.REPLACE) {
      if (!replacing.equals(Replacing.ALL)) {
        problem(
            DISPOSITION,
            "Only a replace has a scope, a partition or the strategy drop-create.",
            "Use mode: replace, or leave it out.");
      }
      return;
    }
    if (replacing.scope() == Scope.PARTITION && replacing.strategy() == Strategy.DROP_CREATE) {
      problem(
          DISPOSITION,
          "A table that is dropped keeps no partition, so scope: partition is no part of drop-create.",
          "Leave out scope or strategy.");
    }
    if (replacing.scope() == Scope.TABLE && !replacing.partition().isEmpty()) {
      problem(
          DISPOSITION,
          "A partition is named, but the whole table would be replaced.",
          "Add scope: partition, or leave the partition out.");
    }
  }
}
