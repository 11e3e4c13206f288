package dev.firn.testkit;

import dev.firn.batch.Batch;
import dev.firn.batch.BatchSet;
import dev.firn.batch.BatchSet.ChildBatch;
import dev.firn.batch.BatchSet.Run;
import dev.firn.destination.Staging;
import dev.firn.destination.StagingPlan;
import dev.firn.load.StagedFile;
import dev.firn.load.StagedTable;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.Promotion;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.apache.arrow.vector.FieldVector;

/**
 * Phase 1 in memory: copies the rows of each set, and checks at the seal that every kept one fits
 * the schemas.
 */
final class MemoryStaging implements Staging {
  private final MemoryDestination destination;
  private final StagingPlan plan;
  private final List<StagedRows> sets = new ArrayList<>();
  private boolean sealed;

  MemoryStaging(MemoryDestination destination, StagingPlan plan) {
    this.destination = destination;
    this.plan = plan;
  }

  /**
   * A staged root row and its child rows.
   *
   * @param children child rows by table, in order
   */
  record StagedRow(
      long split,
      long at,
      Map<String, Object> values,
      Map<TableName, List<Map<String, Object>>> children) {}

  /**
   * What a load brings.
   *
   * @param aside rows of the quarantine
   */
  record Sealed(List<StagedRow> rows, List<Map<String, Object>> aside) {}

  /** The rows of one set, with the types of its vectors. */
  private record StagedRows(
      long id,
      List<StagedRow> rows,
      List<Map<String, Object>> aside,
      Map<TableName, Map<String, DataType>> types) {}

  @Override
  public void write(BatchSet set) {
    StagedRows rows = copy(set);
    synchronized (this) {
      sets.add(rows);
    }
  }

  private StagedRows copy(BatchSet set) {
    Map<TableName, Map<String, DataType>> types = new HashMap<>();
    List<Map<String, Object>> roots = rows(set.root(), types);
    List<StagedRow> rows = new ArrayList<>();
    for (Run run : set.runs()) {
      for (int i = 0; i < run.rows(); i++) {
        Map<String, Object> values = roots.get(rows.size());
        rows.add(new StagedRow(run.split(), run.firstRow() + i, values, new LinkedHashMap<>()));
      }
    }
    if (rows.size() != set.root().rows()) {
      throw new AssertionError("The runs of a set tell of " + rows.size() + " rows: " + set.runs());
    }
    for (ChildBatch child : set.children()) {
      List<Map<String, Object>> childRows = rows(child.batch(), types);
      for (int i = 0; i < childRows.size(); i++) {
        rows.get(child.rootRows()[i])
            .children()
            .computeIfAbsent(child.batch().table(), name -> new ArrayList<>())
            .add(childRows.get(i));
      }
    }
    List<Map<String, Object>> aside =
        set.quarantine().map(batch -> rows(batch, types)).orElse(List.of());
    return new StagedRows(set.id(), rows, aside, types);
  }

  private static List<Map<String, Object>> rows(
      Batch batch, Map<TableName, Map<String, DataType>> types) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      rows.add(new TreeMap<>());
    }
    Map<String, DataType> columns = types.computeIfAbsent(batch.table(), name -> new HashMap<>());
    for (FieldVector vector : batch.vectors()) {
      if (columns.put(vector.getName(), VectorValues.type(vector)) != null) {
        throw new AssertionError(batch.table() + " has two vectors named " + vector.getName());
      }
      for (int row = 0; row < batch.rows(); row++) {
        if (!vector.isNull(row)) {
          rows.get(row).put(vector.getName(), VectorValues.value(vector, row));
        }
      }
    }
    return rows;
  }

  @Override
  public List<StagedTable> seal(List<TableSchema> schemas, LongPredicate keep) {
    Map<TableName, TableSchema> byName = new HashMap<>();
    schemas.forEach(schema -> byName.put(schema.name(), schema));
    List<StagedRow> kept = new ArrayList<>();
    List<Map<String, Object>> aside = new ArrayList<>();
    for (StagedRows set : sets) {
      if (keep.test(set.id())) {
        set.types().forEach((table, columns) -> check(table, columns, byName));
        kept.addAll(set.rows());
        aside.addAll(set.aside());
      }
    }
    sealed = true;
    destination.sealed(plan.loadId(), new Sealed(kept, aside));
    return schemas.stream().map(schema -> staged(schema, kept)).toList();
  }

  private static void check(
      TableName table, Map<String, DataType> columns, Map<TableName, TableSchema> schemas) {
    TableSchema schema = schemas.get(table);
    if (schema == null) {
      throw new AssertionError("Rows of " + table + " are kept, which has no schema.");
    }
    columns.forEach(
        (name, type) -> {
          Column column =
              schema
                  .column(name)
                  .orElseThrow(() -> new AssertionError(table + " has no column " + name));
          if (!Promotion.holds(column.type(), type)) {
            throw new AssertionError(
                table + "." + name + " is " + column.type().word() + ", its rows " + type.word());
          }
        });
  }

  private StagedTable staged(TableSchema schema, List<StagedRow> rows) {
    boolean root = schema.name().equals(plan.root());
    long count = root ? rows.size() : rows.stream().mapToLong(row -> count(row, schema)).sum();
    String place = "memory:" + schema.name();
    String uuid = destination.uuid(schema.name()).orElse("");
    List<StagedFile> files =
        count == 0
            ? List.of()
            : List.of(new StagedFile(place + "/" + plan.loadId(), count, count, ""));
    return new StagedTable(schema, uuid, place, files);
  }

  private static int count(StagedRow row, TableSchema schema) {
    return row.children().getOrDefault(schema.name(), List.of()).size();
  }

  @Override
  public void close() {
    if (!sealed) {
      sets.clear();
    }
  }
}
