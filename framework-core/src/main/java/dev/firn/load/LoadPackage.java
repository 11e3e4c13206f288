package dev.firn.load;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The immutable manifest of one sealed load: the unit of retry. Committing it twice changes
 * nothing.
 *
 * @param destination identity of catalog and warehouse; a package is only ever committed where it
 *     was staged
 * @param rules their columns by column name
 * @param tables the root first, then its child tables
 * @param quarantine the table beside the root that keeps records which were not loaded; it only
 *     grows, whatever the disposition, and is committed before the root
 * @param key key columns of the root, empty without a key
 * @param before the state slice that this load starts from: the commit's precondition
 * @param after the state slice that the commit writes
 * @param judgedBy the root's snapshot that the rows were held against, {@link #NO_SNAPSHOT} where
 *     it had none: the commit's precondition too; empty: they were held against no rows
 */
public record LoadPackage(
    LoadId loadId,
    String pipeline,
    String resource,
    String destination,
    WriteDisposition disposition,
    WriteRules rules,
    List<String> key,
    List<StagedTable> tables,
    Optional<StagedTable> quarantine,
    ResourceState.Slice before,
    ResourceState.Slice after,
    LoadCounts counts,
    OptionalLong judgedBy) {
  /** There is no root, or nothing was ever in it. */
  public static final long NO_SNAPSHOT = -1;

  public LoadPackage {
    key = List.copyOf(key);
    tables = List.copyOf(tables);
  }

  /** A package whose rows were held against none of the table. */
  public LoadPackage(
      LoadId loadId,
      String pipeline,
      String resource,
      String destination,
      WriteDisposition disposition,
      WriteRules rules,
      List<String> key,
      List<StagedTable> tables,
      Optional<StagedTable> quarantine,
      ResourceState.Slice before,
      ResourceState.Slice after,
      LoadCounts counts) {
    this(
        loadId,
        pipeline,
        resource,
        destination,
        disposition,
        rules,
        key,
        tables,
        quarantine,
        before,
        after,
        counts,
        OptionalLong.empty());
  }

  /** A package with every default, of which no record is kept aside. */
  public LoadPackage(
      LoadId loadId,
      String pipeline,
      String resource,
      String destination,
      WriteDisposition disposition,
      List<String> key,
      List<StagedTable> tables,
      ResourceState.Slice before,
      ResourceState.Slice after,
      LoadCounts counts) {
    this(
        loadId,
        pipeline,
        resource,
        destination,
        disposition,
        WriteRules.DEFAULT,
        key,
        tables,
        Optional.empty(),
        before,
        after,
        counts);
  }

  /** The root table. */
  public StagedTable root() {
    return tables.get(0);
  }

  /** All tables that the load brings: the root, its child tables, the quarantine. */
  public List<StagedTable> allTables() {
    List<StagedTable> all = new ArrayList<>(tables);
    quarantine.ifPresent(all::add);
    return all;
  }

  /** Whether the load's tables are dropped and made anew. */
  public boolean replacesTables() {
    return disposition == WriteDisposition.REPLACE && rules.replacing().dropsTables();
  }

  /**
   * Checks that the root is as it was when the rows were held against its own.
   *
   * @param now its current snapshot; empty: it has none
   * @throws FirnException {@code STATE_MOVED}
   */
  public void requireJudgedBy(OptionalLong now) {
    long current = now.orElse(NO_SNAPSHOT);
    if (judgedBy.isPresent() && judgedBy.getAsLong() != current) {
      throw new FirnException(
          ErrorCode.STATE_MOVED,
          "Table %s: another writer has changed it since unique values of load %s were looked for in it."
              .formatted(root().schema().name(), loadId),
          "Run again: the package is dropped and its rows are judged anew.");
    }
  }

  /** The property that holds this resource's state. */
  public String stateKey() {
    return ResourceState.key(pipeline, resource);
  }
}
