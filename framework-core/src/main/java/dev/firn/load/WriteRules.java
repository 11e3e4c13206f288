package dev.firn.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How a load's rows meet those that are there, where the disposition alone does not say it. Columns
 * are named by source path or column name in a description, by column name in a package.
 *
 * @param strategy of a merge; empty: {@link #mergeStrategy} says which
 * @param mergeKey columns that rows to be deleted share with rows of the load
 * @param hardDelete column that says that a record deletes its key: true where it is a boolean, any
 *     value otherwise
 * @param dedupSort which record of a key wins within one load; empty: the last
 * @param deleteAbsent whether keys that the load does not bring are deleted
 * @param replacing what a replacing load replaces
 * @param deleteMode empty: the one of the table's format version
 * @param validity of versions of rows
 */
public record WriteRules(
    Optional<MergeStrategy> strategy,
    List<String> mergeKey,
    Optional<String> hardDelete,
    Optional<DedupSort> dedupSort,
    boolean deleteAbsent,
    Replacing replacing,
    Optional<DeleteMode> deleteMode,
    Validity validity) {
  /** Every default. */
  public static final WriteRules DEFAULT =
      new WriteRules(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          false,
          Replacing.ALL,
          Optional.empty(),
          Validity.DEFAULT);

  public WriteRules {
    mergeKey = List.copyOf(mergeKey);
  }

  /** The strategy of a merge: unless it is said, a merge key means {@code DELETE_INSERT}. */
  public MergeStrategy mergeStrategy() {
    return strategy.orElse(mergeKey.isEmpty() ? MergeStrategy.UPSERT : MergeStrategy.DELETE_INSERT);
  }

  /** Whether a merge needs a primary key. */
  public boolean needsKey() {
    return switch (mergeStrategy()) {
      case UPSERT, INSERT_ONLY -> true;
      case DELETE_INSERT -> mergeKey.isEmpty();
      case SCD2 -> false;
    };
  }

  /**
   * Whether a load must bring all records, because what it does not bring goes.
   *
   * @param disposition the one that the rules belong to
   */
  public boolean wantsAll(WriteDisposition disposition) {
    return switch (disposition) {
      case APPEND, CREATE_IF_MISSING, SKIP -> false;
      case REPLACE -> replacing.scope() == Replacing.Scope.TABLE;
      case MERGE -> deleteAbsent || (mergeStrategy() == MergeStrategy.SCD2 && mergeKey.isEmpty());
    };
  }

  /** Whether files that lose rows are copied without them. */
  public boolean copies() {
    return deleteMode.filter(mode -> mode == DeleteMode.COPY_ON_WRITE).isPresent();
  }

  /**
   * What these rules cannot mean; nothing as a rule.
   *
   * @param incremental whether loads bring only what is new by a cursor
   */
  public List<RuleProblem> problems(
      WriteDisposition disposition, List<String> key, boolean incremental) {
    return new RuleChecks(this, disposition, key, incremental).problems();
  }

  public WriteRules withStrategy(MergeStrategy other) {
    return with(parts -> parts.strategy = Optional.of(other));
  }

  public WriteRules withMergeKey(List<String> other) {
    return with(parts -> parts.mergeKey = other);
  }

  public WriteRules withHardDelete(String column) {
    return with(parts -> parts.hardDelete = Optional.of(column));
  }

  public WriteRules withDedupSort(DedupSort other) {
    return with(parts -> parts.dedupSort = Optional.of(other));
  }

  public WriteRules withDeleteAbsent(boolean other) {
    return with(parts -> parts.deleteAbsent = other);
  }

  public WriteRules withReplacing(Replacing other) {
    return with(parts -> parts.replacing = other);
  }

  public WriteRules withDeleteMode(DeleteMode other) {
    return with(parts -> parts.deleteMode = Optional.of(other));
  }

  public WriteRules withValidity(Validity other) {
    return with(parts -> parts.validity = other);
  }

  /** These rules with other names for the columns of records. */
  public WriteRules named(UnaryOperator<String> names) {
    return with(
        parts -> {
          parts.mergeKey = mergeKey.stream().map(names).toList();
          parts.hardDelete = hardDelete.map(names);
          parts.dedupSort =
              dedupSort.map(each -> new DedupSort(names.apply(each.column()), each.leastWins()));
          parts.validity =
              new Validity(
                  validity.from(),
                  validity.to(),
                  validity.active(),
                  validity.boundary(),
                  validity.rowVersion().map(names));
        });
  }

  /** The columns of records that are named here, each once. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(mergeKey);
    hardDelete.ifPresent(columns::add);
    dedupSort.ifPresent(each -> columns.add(each.column()));
    validity.rowVersion().ifPresent(columns::add);
    return columns.stream().distinct().toList();
  }

  private WriteRules with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.rules();
  }

  /** A copy in the making. */
  private static final class Parts {
    private Optional<MergeStrategy> strategy;
    private List<String> mergeKey;
    private Optional<String> hardDelete;
    private Optional<DedupSort> dedupSort;
    private boolean deleteAbsent;
    private Replacing replacing;
    private Optional<DeleteMode> deleteMode;
    private Validity validity;

    Parts(WriteRules of) {
      strategy = of.strategy;
      mergeKey = of.mergeKey;
      hardDelete = of.hardDelete;
      dedupSort = of.dedupSort;
      deleteAbsent = of.deleteAbsent;
      replacing = of.replacing;
      deleteMode = of.deleteMode;
      validity = of.validity;
    }

    WriteRules rules() {
      return new WriteRules(
          strategy, mergeKey, hardDelete, dedupSort, deleteAbsent, replacing, deleteMode, validity);
    }
  }
}
