package dev.firn.iceberg.internal.merge;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;

/** Tells which files of a base may hold a staged key, by partition and bounds. */
final class KeyPruning {
  private final Optional<List<Types.NestedField>> baseKey;
  private final Expression range;
  private final KeyPartitions partitions;
  private final KeyRanks ranks;

  /**
   * @param root with at least one staged file
   * @param ranks of all staged keys, sorted
   */
  KeyPruning(MergeTable root, Schema base, KeyColumns key, KeyRanks ranks) {
    List<Types.NestedField> stagedKey = key.fields(root.schema()).orElseThrow();
    this.baseKey = key.fields(base);
    this.range =
        baseKey
            .map(columns -> KeyRange.of(root.staged(), named(stagedKey, columns)))
            .orElse(Expressions.alwaysFalse());
    this.partitions = KeyPartitions.of(root.staged(), stagedKey);
    this.ranks = ranks;
  }

  /** Staged columns under the names by which the base is asked. */
  private static List<Types.NestedField> named(
      List<Types.NestedField> staged, List<Types.NestedField> base) {
    return IntStream.range(0, staged.size())
        .mapToObj(i -> Types.NestedField.from(staged.get(i)).withName(base.get(i).name()).build())
        .toList();
  }

  /** The filter that every row with a staged key passes. */
  Expression range() {
    return range;
  }

  /** Columns whose bounds {@link #mayBeIn} looks at. */
  List<String> columns() {
    return baseKey.orElse(List.of()).stream().map(Types.NestedField::name).toList();
  }

  boolean mayBeIn(DataFile file) {
    return baseKey.isPresent() && partitions.mayBeIn(file) && ranks.mayBeIn(file, baseKey.get());
  }
}
