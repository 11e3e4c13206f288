package dev.firn.load;

import dev.firn.state.ResourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    LoadCounts counts) {
  public LoadPackage {
    key = List.copyOf(key);
    tables = List.copyOf(tables);
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

  /** The property that holds this resource's state. */
  public String stateKey() {
    return ResourceState.key(pipeline, resource);
  }
}
