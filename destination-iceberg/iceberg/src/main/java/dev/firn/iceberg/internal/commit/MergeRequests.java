package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.merge.MergePlan;
import dev.firn.iceberg.internal.merge.MergePlanner;
import dev.firn.iceberg.internal.merge.MergeRequest;
import dev.firn.iceberg.internal.merge.MergeTable;
import dev.firn.iceberg.internal.merge.Outcomes;
import dev.firn.iceberg.internal.merge.StagedData;
import dev.firn.iceberg.internal.merge.TablePlan;
import dev.firn.iceberg.internal.metadata.TargetSchema;
import dev.firn.load.LoadPackage;
import dev.firn.load.StagedTable;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import dev.firn.state.LoadedWindows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/** Asks for merge plans against the tables as they are at the moment. */
final class MergeRequests {
  private final CommitContext context;
  private final PackageTables tables;
  private final PackageSets sets;
  private final MergePlanner planner = new MergePlanner();

  MergeRequests(CommitContext context, PackageTables tables) {
    this.context = context;
    this.tables = tables;
    this.sets = new PackageSets(tables.root(), context.folder());
  }

  /**
   * A plan and the snapshots that it holds for.
   *
   * @param bases current snapshot of each table, empty for a table or snapshot that is not there
   */
  record Planned(MergePlan plan, Map<TableName, OptionalLong> bases) {
    boolean holdsFor(TableName table, Optional<TableMetadata> base) {
      return snapshot(base).equals(bases.get(table));
    }

    OptionalLong base(TableName table) {
      return Objects.requireNonNull(bases.get(table));
    }

    TablePlan table(TableName name) {
      return name.equals(plan.root().table()) ? plan.root() : child(name).table();
    }

    MergePlan.ChildPlan child(TableName name) {
      return plan.children().stream()
          .filter(each -> each.table().table().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * Plans; children that are committed by an earlier plan are taken as they are.
   *
   * @param stored the outcomes of earlier plans
   */
  Planned plan(StoredOutcomes stored) {
    Map<TableName, OptionalLong> bases = new HashMap<>();
    Map<TableName, Outcomes> committed = new HashMap<>();
    LoadPackage load = context.load();
    MergeTable root = table(tables.root(), look(tables.root(), bases));
    List<MergeTable> children = new ArrayList<>();
    for (StagedTable child : tables.children()) {
      TableName name = child.schema().name();
      Optional<BaseTable> live = look(child, bases);
      live.map(table -> table.operations().current())
          .flatMap(table -> CommittedBefore.outcomes(table, load, name, stored))
          .ifPresent(outcomes -> committed.put(name, outcomes));
      children.add(table(child, live));
    }
    MergeRequest request =
        new MergeRequest(
            load.loadId(),
            ResourceSpec.isReplay(load.resource()),
            load.disposition(),
            load.rules(),
            load.key(),
            load.after().window().map(LoadedWindows.Entry::window),
            root,
            children,
            sets);
    return new Planned(planner.plan(request, committed), bases);
  }

  private Optional<BaseTable> look(StagedTable staged, Map<TableName, OptionalLong> bases) {
    TableName name = staged.schema().name();
    Optional<BaseTable> live = context.tables().load(name);
    bases.put(name, snapshot(live.map(table -> table.operations().current())));
    return live;
  }

  private MergeTable table(StagedTable staged, Optional<BaseTable> live) {
    TableName name = staged.schema().name();
    FileFitting.Target target =
        live.map(table -> new FileFitting.Target(TargetSchema.evolved(table, staged.schema())))
            .orElseGet(() -> created(staged));
    List<StagedData> files =
        tables.fitting(staged).fit(target).stream().map(PackageSets::data).toList();
    return new MergeTable(
        name, live.map(Table.class::cast), target.table(), target.schema(), files);
  }

  private FileFitting.Target created(StagedTable staged) {
    Table table =
        context
            .tables()
            .create(
                staged.schema().name(), TargetSchema.newTable(staged.schema(), staged.location()))
            .table();
    return new FileFitting.Target(table);
  }

  private static OptionalLong snapshot(Optional<TableMetadata> table) {
    Snapshot current = table.map(TableMetadata::currentSnapshot).orElse(null);
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId());
  }
}
