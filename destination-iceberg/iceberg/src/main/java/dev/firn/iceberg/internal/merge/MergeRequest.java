package dev.firn.iceberg.internal.merge;

import dev.firn.load.LoadId;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.state.LoadedWindows.Window;
import java.util.List;
import java.util.Optional;

/**
 * A load that is to be merged.
 *
 * @param loadId names of the load's data files begin with it
 * @param partial whether the load brings some records of a whole again, so that what it lacks is
 *     not absent
 * @param disposition {@code MERGE}, or {@code REPLACE} for its partitions alone
 * @param rules how its rows meet those that are there
 * @param key the root's key columns in order; empty where the rules need none
 * @param window the window of time that the load brings, of a resource that has such
 * @param children all child tables of the root at any depth: those it has had and those of the load
 */
public record MergeRequest(
    LoadId loadId,
    boolean partial,
    WriteDisposition disposition,
    WriteRules rules,
    List<String> key,
    Optional<Window> window,
    MergeTable root,
    List<MergeTable> children,
    StagedSets sets) {
  public MergeRequest {
    key = List.copyOf(key);
    children = List.copyOf(children);
  }

  /** Whether a merge takes rows away even if it brings none. */
  boolean actsWithoutRows() {
    return !partial && rules.wantsAll(disposition);
  }

  boolean hasRows() {
    return root.staged().stream().anyMatch(data -> data.file().recordCount() > 0);
  }

  /** A merge with every default. */
  public MergeRequest(
      LoadId loadId,
      List<String> key,
      MergeTable root,
      List<MergeTable> children,
      StagedSets sets) {
    this(
        loadId,
        false,
        WriteDisposition.MERGE,
        WriteRules.DEFAULT,
        key,
        Optional.empty(),
        root,
        children,
        sets);
  }
}
