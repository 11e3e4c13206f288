package dev.firn.iceberg.internal.merge;

import dev.firn.load.LoadId;
import java.util.List;

/**
 * A load that is to be merged.
 *
 * @param loadId names of the load's data files begin with it
 * @param key the root's key columns, at least one, in order
 * @param children all child tables of the root at any depth: those it has had and those of the load
 */
public record MergeRequest(
    LoadId loadId, List<String> key, MergeTable root, List<MergeTable> children, StagedSets sets) {
  public MergeRequest {
    key = List.copyOf(key);
    children = List.copyOf(children);
  }
}
