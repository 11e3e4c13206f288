package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import dev.firn.load.LoadId;
import dev.firn.schema.SystemColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Finds the rows of one child table that belong to replaced root rows. */
final class ChildMerge {
  /**
   * Files that Firn stages are named after their load and hold rows of that load only; files of
   * other origin, such as compacted ones, are not named so.
   */
  private static final Pattern STAGED = Pattern.compile("([0-9A-HJKMNP-TV-Z]{26})-[^/]*");

  private final MergeTable child;
  private final LoadId loadId;
  private final RowReader reader;
  private final KeyHash hash;
  private Optional<List<TargetFile>> targets = Optional.empty();

  /**
   * @param hash of the root's table, as the ids of the roots were hashed
   */
  ChildMerge(MergeTable child, LoadId loadId, KeyHash hash, RowReader reader) {
    this.child = child;
    this.loadId = loadId;
    this.reader = reader;
    this.hash = hash;
  }

  /** Deletes the rows of the base whose root's id is in a set. */
  void delete(IdSet ids, HashRange range, ReplacedRoots roots) {
    Optional<Schema> columns = child.base().flatMap(table -> rootId(table.schema()));
    if (ids.isEmpty() || columns.isEmpty()) {
      return;
    }
    Table base = child.base().orElseThrow();
    DeadRows deadRows = new DeadRows(base);
    for (TargetFile target : targets(base, roots)) {
      LongPredicate gone = deadRows.of(target);
      reader.read(
          target.source(),
          columns.get(),
          RowReader.Stretches.ALL,
          (first, read, rows) -> delete(target, first, read.get(0), rows, ids, range, gone));
    }
  }

  /** The column that names the root row: on the first level it is the parent. */
  private static Optional<Schema> rootId(Schema schema) {
    Types.NestedField root = schema.asStruct().field(SystemColumns.ROOT_ID);
    Types.NestedField field =
        root == null ? schema.asStruct().field(SystemColumns.PARENT_ID) : root;
    return field == null || field.type().typeId() != Type.TypeID.STRING
        ? Optional.empty()
        : Optional.of(new Schema(field));
  }

  private List<TargetFile> targets(Table base, ReplacedRoots roots) {
    if (targets.isEmpty()) {
      targets =
          Optional.of(
              TargetFile.scan(
                  base, Expressions.alwaysTrue(), List.of(), file -> mayHold(file, roots)));
    }
    return targets.get();
  }

  private boolean mayHold(DataFile file, ReplacedRoots roots) {
    String path = file.location();
    Matcher name = STAGED.matcher(path.substring(path.lastIndexOf('/') + 1));
    if (!name.matches()) {
      return true;
    }
    String load = name.group(1);
    return !load.equals(loadId.value()) && roots.mayHaveChildrenOf(load);
  }

  private void delete(
      TargetFile target,
      long first,
      ReadColumn rootId,
      int rows,
      IdSet ids,
      HashRange range,
      LongPredicate gone) {
    for (int i = 0; i < rows; i++) {
      if (!rootId.isNull(i)) {
        hash.begin();
        rootId.addTo(hash, i);
        if (range.contains(hash.high()) && ids.contains(hash) && !gone.test(first + i)) {
          target.deleted().add(Positions.bit(first + i));
        }
      }
    }
  }

  /** What the commit deletes. */
  List<TargetDeletes> deletes() {
    return targets.map(TargetFile::deletes).orElseGet(ArrayList::new);
  }
}
