package dev.firn.iceberg.internal.merge;

import dev.firn.batch.KeyHash;
import dev.firn.load.Validity;
import dev.firn.load.WriteRules;
import dev.firn.schema.SystemColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/**
 * Matches versions of rows (slowly changing dimension, type 2). A staged row whose version holds
 * already is unchanged, others begin to hold at the load's boundary; versions that hold and that
 * the load does not bring are closed there. With a merge key, only versions that share it with a
 * staged row are looked at.
 */
final class VersionMerge implements RootPlan {
  private final MergeRequest request;
  private final MergeTable root;
  private final WriteRules rules;
  private final KeyColumns key;
  private final KeyColumns group;
  private final KeyColumns version;
  private final Boundary boundary;
  private final StagedRows staged;
  private final StagedFates fates;
  private final RowReader reader;
  private final FileTasks files;
  private final Optional<DeadRows> gone;
  private List<TargetFile> targets = List.of();
  private RowReader.Stretches wanted = RowReader.Stretches.ALL;

  VersionMerge(MergeRequest request, RowReader reader, FileTasks files) {
    this.request = request;
    root = request.root();
    rules = request.rules();
    Validity validity = rules.validity();
    List<String> columns = new ArrayList<>(rules.mergeKey());
    columns.add(validity.rowVersion().orElse(SystemColumns.ROW_HASH));
    key = columns(request.key());
    group = columns(rules.mergeKey());
    version = columns(columns);
    boundary = Boundary.of(root.name(), validity);
    staged = new StagedRows(root.staged(), request.sets());
    fates = new StagedFates(root, staged);
    this.reader = reader;
    this.files = files;
    gone = root.base().map(DeadRows::new);
  }

  /** A load without rows need not have brought any of them. */
  private KeyColumns columns(List<String> names) {
    List<String> told = request.hasRows() ? names : List.of();
    return KeyColumns.of(root.name(), told, root.schema());
  }

  @Override
  public void run(long budgetBytes) {
    dropEarlierRecords(budgetBytes);
    findTargets();
    long most = budgetBytes / (KeyTable.BYTES_PER_KEY + IdSet.BYTES_PER_ID);
    KeyTable table = new KeyTable(Math.min(staged.count(), most));
    for (HashRange range : HashRange.covering(staged.count(), most)) {
      table.clear();
      IdSet groups = new IdSet();
      readStaged(table, groups, range);
      scanTargets(table, groups, range);
      for (int slot = 0; slot < table.capacity(); slot++) {
        if (table.full(slot) && table.state(slot) == KeyTable.SAME) {
          fates.kill(table.row(slot), Outcome.UNCHANGED);
        }
      }
    }
  }

  /** Of several records with one primary key, one begins to hold. */
  private void dropEarlierRecords(long budgetBytes) {
    if (key.count() == 0) {
      return;
    }
    long sorting = rules.dedupSort().isPresent() ? StagedScan.BYTES_PER_SORTED : 0;
    long most = budgetBytes / (KeyTable.BYTES_PER_KEY + sorting);
    KeyTable table = new KeyTable(Math.min(staged.count(), most));
    for (HashRange range : HashRange.covering(staged.count(), most)) {
      table.clear();
      new StagedScan(request, staged, key, fates, table, range).run(reader, Optional.empty());
    }
  }

  private void findTargets() {
    if (root.base().isEmpty()) {
      return;
    }
    Table base = root.base().get();
    Optional<Types.NestedField> end =
        Optional.ofNullable(base.schema().asStruct().field(boundary.to()));
    List<String> bounds = new ArrayList<>(end.map(Types.NestedField::name).stream().toList());
    Predicate<DataFile> open = file -> end.isEmpty() || boundary.concerns(file, end.get());
    if (group.count() == 0) {
      targets = TargetFile.scan(base, bounds, open);
      return;
    }
    KeyRanks ranks = new MergeKeyScan(root, staged, group, reader, files).ranks();
    KeyPruning pruning = new KeyPruning(root, base.schema(), group, ranks);
    bounds.addAll(pruning.columns());
    wanted = ranks.within(group.fields(root.schema()).orElseThrow());
    targets =
        TargetFile.scan(base, pruning.range(), bounds, open.and(pruning::mayBeIn), rules.copies());
  }

  private void readStaged(KeyTable table, IdSet groups, HashRange range) {
    List<Types.NestedField> fields = version.fields(root.schema()).orElseThrow();
    RootColumns columns = RootColumns.of(fields, root.schema(), rules);
    KeyHash groupHash = group.newHash();
    KeyHash hash = version.newHash();
    for (int file = 0; file < root.staged().size(); file++) {
      long base = staged.first(file);
      reader.read(
          RowSource.staged(root.io(), root.staged().get(file).file()),
          columns.schema(),
          RowReader.Stretches.ALL,
          (first, read, rows) -> {
            for (int i = 0; i < rows; i++) {
              group.hash(read, i, groupHash);
              version.hash(read, i, hash);
              if (range.contains((group.count() > 0 ? groupHash : hash).high())) {
                groups.add(groupHash);
                begin(base + first + i, columns.deletes(read, i), table, hash);
              }
            }
          });
    }
  }

  private void begin(long row, boolean deletes, KeyTable table, KeyHash hash) {
    if (fates.isDead(row)) {
      return;
    } else if (deletes) {
      fates.kill(row, Outcome.DELETED);
    } else if (table.find(hash.high(), hash.low()) >= 0) {
      fates.kill(row, Outcome.SUPERSEDED); // the same record once more
    } else {
      table.add(hash.high(), hash.low(), row, 0, 0);
    }
  }

  private void scanTargets(KeyTable table, IdSet groups, HashRange range) {
    if (gone.isEmpty()) {
      return;
    }
    boolean closes = group.count() > 0 || !request.partial();
    VersionScan scan =
        new VersionScan(reader, group, version, boundary, closes, root.schema(), gone.get());
    List<Integer> numbers = IntStream.range(0, targets.size()).boxed().toList();
    files.forEach(numbers, number -> scan.run(targets.get(number), wanted, table, groups, range));
  }

  @Override
  public List<TargetFile> targets() {
    return targets;
  }

  @Override
  public Outcomes outcomes() {
    return fates.outcomes();
  }

  @Override
  public TablePlan plan() {
    List<TargetDeletes> closed =
        gone.map(deadRows -> TargetFile.deletes(targets, deadRows)).orElse(List.of());
    return new TablePlan(root.name(), closed, fates.plans(), Optional.of(boundary.closing()));
  }

  @Override
  public long stagedRows() {
    return staged.count();
  }

  @Override
  public long deletedRows() {
    return 0;
  }

  @Override
  public long closedRows() {
    return TargetFile.deletedRows(targets);
  }

  /** The children of a version stay with it. */
  @Override
  public boolean childrenGo() {
    return false;
  }
}
