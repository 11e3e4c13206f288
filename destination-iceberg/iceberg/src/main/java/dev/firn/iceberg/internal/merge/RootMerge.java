package dev.firn.iceberg.internal.merge;

import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.roaringbitmap.RoaringBitmap;

/** Matches the staged rows of a root among each other and with the rows of the table, by key. */
final class RootMerge implements RootPlan {
  private final MergeRequest request;
  private final MergeTable root;
  private final WriteRules rules;
  private final KeyColumns key;
  private final KeyColumns mergeKey;
  private final StagedRows staged;
  private final StagedFates fates;
  private final List<Outcomes> committed;
  private final RowReader reader;
  private final FileTasks files;
  private final Optional<DeadRows> gone;
  private List<TargetFile> targets = List.of();
  private List<RoaringBitmap> kept = List.of();
  private long replaced;

  /**
   * @param committed outcomes that children are committed with; rows that lived then live
   */
  RootMerge(MergeRequest request, List<Outcomes> committed, RowReader reader, FileTasks files) {
    this.request = request;
    root = request.root();
    rules = request.rules();
    key = KeyColumns.of(root.name(), request.key(), root.schema());
    mergeKey = KeyColumns.of(root.name(), rules.mergeKey(), root.schema());
    staged = new StagedRows(root.staged(), request.sets());
    fates = new StagedFates(root, staged);
    this.committed = committed;
    this.reader = reader;
    this.files = files;
    gone = root.base().map(DeadRows::new);
  }

  @Override
  public void run(long budgetBytes) {
    Optional<MergeKeyScan> others =
        mergeKey.count() == 0
            ? Optional.empty()
            : Optional.of(new MergeKeyScan(root, staged, mergeKey, reader, files));
    Optional<KeyRanks> otherRanks = others.map(MergeKeyScan::ranks);
    if (key.count() > 0) {
      matchKeys(budgetBytes, otherRanks);
    } else {
      new DeletingRecords(root, staged, rules, reader).kill(fates);
      findTargets(Optional.empty(), otherRanks);
    }
    if (others.isPresent() && gone.isPresent()) {
      others.get().run(otherRanks.orElseThrow(), targets, kept, gone.get(), budgetBytes);
    }
  }

  private void matchKeys(long budgetBytes, Optional<KeyRanks> otherRanks) {
    long sorting = rules.dedupSort().isPresent() ? StagedScan.BYTES_PER_SORTED : 0;
    long most = budgetBytes / (KeyTable.BYTES_PER_KEY + sorting);
    KeyTable table = new KeyTable(Math.min(staged.count(), most));
    KeyRanks ranks = new KeyRanks(key.count(), staged.count());
    boolean first = true;
    for (HashRange range : HashRange.covering(staged.count(), most)) {
      table.clear();
      new StagedScan(request, staged, key, fates, table, range)
          .run(reader, first ? Optional.of(ranks) : Optional.empty());
      if (first) {
        ranks.sort();
        findTargets(Optional.of(ranks), otherRanks);
      }
      first = false;
      if (gone.isPresent()) {
        new TargetScan(new Keys(table), targets, key, root.schema(), range, ranks, gone.get())
            .run(reader, files);
      }
      close(table);
    }
  }

  private void findTargets(Optional<KeyRanks> ranks, Optional<KeyRanks> otherRanks) {
    if (root.base().isEmpty()) {
      return;
    }
    Table base = root.base().get();
    targets =
        rules.deleteAbsent()
            ? TargetFile.scan(base, List.of(), file -> true)
            : targets(base, prunings(base.schema(), ranks, otherRanks));
    kept = targets.stream().map(target -> new RoaringBitmap()).toList();
  }

  private List<KeyPruning> prunings(
      Schema base, Optional<KeyRanks> ranks, Optional<KeyRanks> otherRanks) {
    return Stream.concat(
            ranks.stream().map(each -> new KeyPruning(root, base, key, each)),
            otherRanks.stream().map(each -> new KeyPruning(root, base, mergeKey, each)))
        .toList();
  }

  private List<TargetFile> targets(Table base, List<KeyPruning> prunings) {
    Expression filter = Expressions.alwaysFalse();
    for (KeyPruning each : prunings) {
      filter = Expressions.or(filter, each.range());
    }
    List<String> columns =
        prunings.stream().flatMap(each -> each.columns().stream()).distinct().toList();
    return TargetFile.scan(
        base,
        filter,
        columns,
        file -> prunings.stream().anyMatch(each -> each.mayBeIn(file)),
        rules.copies());
  }

  /** Takes what a pass has found over. */
  private void close(KeyTable table) {
    for (int slot = 0; slot < table.capacity(); slot++) {
      if (table.full(slot)) {
        close(table, slot);
      }
    }
  }

  private void close(KeyTable table, int slot) {
    long row = table.row(slot);
    switch (table.state(slot)) {
      case KeyTable.SAME -> {
        fates.kill(row, Outcome.UNCHANGED);
        keep(table.location(slot));
      }
      case KeyTable.REPLACED -> {
        if (table.deletes(slot)) {
          fates.kill(row, Outcome.DELETED);
        } else {
          fates.update(row, table.replacedId(slot));
        }
      }
      default -> {
        // A key that nothing is told of was inserted.
        if (table.deletes(slot)) {
          fates.kill(row, Outcome.UNCHANGED); // there was nothing to delete
        }
      }
    }
  }

  private void keep(long location) {
    kept.get((int) (location >>> 32)).add((int) location);
  }

  @Override
  public Outcomes outcomes() {
    return fates.outcomes();
  }

  @Override
  public List<TargetFile> targets() {
    return targets;
  }

  @Override
  public TablePlan plan() {
    return new TablePlan(root.name(), deletes(), fates.plans());
  }

  private List<TargetDeletes> deletes() {
    return gone.map(deadRows -> TargetFile.deletes(targets, deadRows)).orElse(List.of());
  }

  @Override
  public long stagedRows() {
    return staged.count();
  }

  @Override
  public long deletedRows() {
    return TargetFile.deletedRows(targets) - replaced;
  }

  /** What the rows of the base make of the staged keys. */
  private final class Keys implements TargetScan.Matches {
    private final KeyTable table;
    private final boolean insertOnly = rules.mergeStrategy() == MergeStrategy.INSERT_ONLY;
    private final boolean rowIds =
        !insertOnly && root.base().filter(base -> TableUtil.formatVersion(base) > 2).isPresent();

    Keys(KeyTable table) {
      this.table = table;
    }

    @Override
    public KeyTable table() {
      return table;
    }

    @Override
    public void match(int slot, long location, boolean sameHash, long rowId) {
      boolean stays = insertOnly || (sameHash && !table.deletes(slot));
      if (stays && !fates.lived(committed, table.row(slot))) {
        table.setSame(slot, location);
        return;
      }
      if (table.state(slot) == KeyTable.SAME) {
        delete(slot, table.location(slot));
      }
      table.setReplaced(slot, rowId);
      delete(slot, location);
    }

    @Override
    public boolean wantsRowIds() {
      return rowIds;
    }

    private void delete(int slot, long location) {
      TargetFile file = targets.get((int) (location >>> 32));
      file.deleted().add((int) location);
      replaced += table.deletes(slot) ? 0 : 1;
      for (Outcomes with : committed) {
        if (fates.became(with, table.row(slot)) == Outcome.UPDATED) {
          file.settle(with, (int) location);
        }
      }
    }

    @Override
    public boolean wantsAbsent() {
      return rules.deleteAbsent();
    }

    @Override
    public void absent(long location) {
      targets.get((int) (location >>> 32)).deleted().add((int) location);
    }
  }
}
