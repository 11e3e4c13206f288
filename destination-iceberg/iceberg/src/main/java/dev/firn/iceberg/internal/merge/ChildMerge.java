package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import dev.firn.load.LoadId;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Finds the rows of one child table that belong to replaced root rows. */
final class ChildMerge {
  /**
   * Files that Firn stages, and copies of their live rows, are named after their load and hold rows
   * of that load only. Files of other origin are not named so: compacted ones, and what a merge
   * that copies has left of older files.
   */
  private static final Pattern STAGED =
      Pattern.compile("([0-9A-HJKMNP-TV-Z]{26})-(?:[0-9]+|live)\\b[^/]*");

  private final MergeTable child;
  private final LoadId loadId;
  private final RowReader reader;
  private final FileTasks files;
  private final TableName root;
  private final Optional<DeadRows> gone;
  private Optional<List<TargetFile>> targets = Optional.empty();

  /**
   * @param root the root's name, which the hashes of its ids begin with
   */
  ChildMerge(MergeTable child, LoadId loadId, TableName root, RowReader reader, FileTasks files) {
    this.child = child;
    this.loadId = loadId;
    this.reader = reader;
    this.files = files;
    this.root = root;
    gone = child.base().map(DeadRows::new);
  }

  TableName table() {
    return child.name();
  }

  /** Deletes the rows of the base whose root's id is in a set. */
  void delete(IdSet ids, HashRange range, ReplacedRoots roots) {
    Optional<Schema> columns = child.base().flatMap(table -> rootId(table.schema()));
    if (ids.isEmpty() || columns.isEmpty()) {
      return;
    }
    Table base = child.base().orElseThrow();
    DeadRows deadRows = gone.orElseThrow();
    RowReader.Stretches wanted = roots.children(columns.get().columns().get(0));
    files.forEach(
        targets(base, roots),
        target -> {
          LongPredicate gone = deadRows.of(target);
          KeyHash hash = new KeyHash(root);
          reader.read(
              target.source(),
              columns.get(),
              wanted,
              (first, read, rows) -> {
                ReadColumn rootId = read.get(0);
                for (int i = 0; i < rows; i++) {
                  if (belongs(rootId, i, hash, ids, range) && !gone.test(first + i)) {
                    target.deleted().add(Positions.bit(first + i));
                  }
                }
              });
        });
  }

  private static boolean belongs(
      ReadColumn rootId, int row, KeyHash hash, IdSet ids, HashRange range) {
    if (rootId.isNull(row)) {
      return false;
    }
    hash.begin();
    rootId.addTo(hash, row);
    return range.contains(hash.high()) && ids.contains(hash);
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
      targets = Optional.of(TargetFile.scan(base, List.of(), file -> mayHold(file, roots)));
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

  /** What the commit deletes. */
  List<TargetDeletes> deletes() {
    return targets.map(each -> TargetFile.deletes(each, gone.orElseThrow())).orElseGet(List::of);
  }
}
