package dev.firn.internal.normalize;

import dev.firn.destination.LiveTable;
import dev.firn.internal.normalize.Normalizer.Request;
import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.Limits;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.PartitionField;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.source.ResourceSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Works out what a load's rows are made for. */
final class TargetPlan {
  private final Request load;
  private final ResourceSpec resource;
  private final Names names;

  TargetPlan(Request load) {
    this.load = load;
    this.resource = load.resource();
    this.names = new Names(resource.naming().style(), Normalizer.LONGEST_NAME);
  }

  LoadTarget target() {
    ColumnEdits edits = edits();
    Map<TableName, TableSchema> live = live(edits);
    Map<String, DataType> declared = declared();
    boolean json =
        declared.containsValue(Simple.JSON)
            || live.values().stream()
                .flatMap(table -> table.columns().stream())
                .anyMatch(column -> column.type() == Simple.JSON);
    return new LoadTarget(
        load.root(),
        live,
        declared,
        edits,
        load.evolution(),
        names,
        resource.naming().onCollision(),
        constants(),
        load.hashing(),
        versions(),
        rules(json));
  }

  private Map<TableName, TableSchema> live(ColumnEdits edits) {
    Map<TableName, TableSchema> live = new HashMap<>();
    for (LiveTable table : load.live()) {
      TableSchema schema = table.schema();
      boolean root = schema.name().equals(load.root());
      live.put(schema.name(), root ? edits.applyTo(schema) : schema);
    }
    return live;
  }

  private Map<String, DataType> declared() {
    Map<String, DataType> declared = new LinkedHashMap<>(resource.columns());
    load.window()
        .flatMap(CursorWindow::type)
        .ifPresent(type -> declared.putIfAbsent(load.window().get().spec().cursor(), type));
    for (PartitionField field : resource.partitionBy()) {
      if (field.ofTime()) {
        declared.putIfAbsent(field.column(), Simple.TIMESTAMP);
      }
    }
    return declared;
  }

  private RecordRules rules(boolean json) {
    Limits limits = load.limits();
    return new RecordRules(
        limits.depth(),
        resource.maxNesting().orElse(Integer.MAX_VALUE - 1),
        json,
        limits.columns(),
        limits.tables(),
        new Constants(resource.addColumns()));
  }

  private Optional<Versions> versions() {
    boolean versioned =
        resource.disposition() == WriteDisposition.MERGE
            && resource.rules().mergeStrategy() == MergeStrategy.SCD2;
    return versioned
        ? Optional.of(Versions.of(resource.rules().validity(), load.loadId()))
        : Optional.empty();
  }

  /** Old names are written as source path or as the column is called. */
  private ColumnEdits edits() {
    Set<String> there = new HashSet<>();
    load.live().stream()
        .filter(table -> table.schema().name().equals(load.root()))
        .forEach(root -> root.schema().columns().forEach(column -> there.add(column.name())));
    return resource
        .columnEdits()
        .named(name -> there.contains(name) ? name : names.column(LoadPlan.keys(name)));
  }

  private Set<String> constants() {
    Set<String> constants = new HashSet<>(resource.addColumns().keySet());
    constants.addAll(load.fileColumns());
    return constants;
  }
}
