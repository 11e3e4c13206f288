package dev.firn.load;

import dev.firn.state.ResourceState;
import java.util.List;

/**
 * The immutable manifest of one sealed load: the unit of retry. Committing it twice changes
 * nothing.
 *
 * @param destination identity of catalog and warehouse; a package is only ever committed where it
 *     was staged
 * @param tables the root first, then its child tables
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
    List<String> key,
    List<StagedTable> tables,
    ResourceState.Slice before,
    ResourceState.Slice after,
    LoadCounts counts) {
  public LoadPackage {
    key = List.copyOf(key);
    tables = List.copyOf(tables);
  }

  /** The root table. */
  public StagedTable root() {
    return tables.get(0);
  }

  /** The property that holds this resource's state. */
  public String stateKey() {
    return ResourceState.key(pipeline, resource);
  }
}
