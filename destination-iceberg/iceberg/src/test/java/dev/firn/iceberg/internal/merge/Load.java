package dev.firn.iceberg.internal.merge;

import dev.firn.batch.BatchSet.Run;
import dev.firn.load.LoadId;
import dev.firn.schema.TableName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** Rows on their way into a {@link Lake}: staged as files, several sets a file, then planned. */
final class Load implements StagedSets {
  final LoadId id = LoadId.next(Clock.systemUTC());
  private final Lake lake;
  private final int setsPerFile;
  private final Map<Long, List<Run>> runs = new TreeMap<>();
  private final Map<Long, List<Row>> sets = new TreeMap<>();
  private final Map<Long, Map<TableName, int[]>> childRows = new TreeMap<>();

  Load(Lake lake, int setsPerFile) {
    this.lake = lake;
    this.setsPerFile = setsPerFile;
  }

  /** A load of one set of one split. */
  static Load of(Lake lake, Row... rows) {
    return new Load(lake, 1).set(0, 0, rows);
  }

  /** Adds a set whose rows are consecutive in one split. */
  Load set(long split, long firstRow, Row... rows) {
    return set(List.of(new Run(split, firstRow, rows.length)), List.of(rows));
  }

  Load set(List<Run> from, List<Row> rows) {
    long set = 100 + sets.size();
    runs.put(set, from);
    sets.put(set, rows);
    int[] items = new int[rows.size()];
    int[] parts = new int[rows.size()];
    for (int i = 0; i < items.length; i++) {
      items[i] = rows.get(i).items().size();
      parts[i] = rows.get(i).items().stream().mapToInt(item -> item.parts().size()).sum();
    }
    childRows.put(set, Map.of(Lake.ITEMS, items, Lake.PARTS, parts));
    return this;
  }

  @Override
  public List<Run> runs(long set) {
    return runs.get(set);
  }

  @Override
  public int[] childRows(long set, TableName child) {
    return childRows.get(set).get(child);
  }

  private MergeRequest staged;

  /** Writes the files, once, and asks for a plan against the tables as they are now. */
  MergeRequest request() {
    if (staged == null) {
      staged =
          new MergeRequest(
              id,
              lake.key,
              table(Lake.ORDERS, orders()),
              List.of(table(Lake.ITEMS, children(true)), table(Lake.PARTS, children(false))),
              this);
    }
    lake.table(Lake.ORDERS);
    lake.table(Lake.ITEMS);
    lake.table(Lake.PARTS);
    return staged;
  }

  MergePlan plan() {
    return new MergePlanner().plan(request());
  }

  /** Plans and commits. */
  MergePlan merge() {
    MergePlan plan = plan();
    lake.commit(plan);
    return plan;
  }

  private MergeTable table(TableName name, List<StagedData> files) {
    Table table = lake.table(name);
    return new MergeTable(name, Optional.of(table), table, table.schema(), files);
  }

  private List<StagedData> orders() {
    Table table = lake.orders();
    Map<PartitionKey, List<FilePart>> byPartition = new LinkedHashMap<>();
    sets.forEach(
        (set, rows) -> {
          Map<PartitionKey, FilePart> parts = new LinkedHashMap<>();
          for (int i = 0; i < rows.size(); i++) {
            Record record = order(rows.get(i));
            PartitionKey partition = new PartitionKey(table.spec(), table.schema());
            partition.partition(
                new org.apache.iceberg.data.InternalRecordWrapper(table.schema().asStruct())
                    .wrap(record));
            parts.computeIfAbsent(partition, any -> new FilePart(set)).add(i, record);
          }
          parts.forEach(
              (partition, part) ->
                  byPartition.computeIfAbsent(partition, any -> new ArrayList<>()).add(part));
        });
    List<StagedData> files = new ArrayList<>();
    byPartition.forEach((partition, parts) -> addFiles(files, table, partition, parts));
    return files;
  }

  private Record order(Row row) {
    return Lake.record(
        Lake.ORDER_COLUMNS,
        row.region(),
        row.id(),
        row.amount(),
        id.value(),
        lake.id(row),
        row.rowHash());
  }

  private List<StagedData> children(boolean items) {
    Table table = lake.table(items ? Lake.ITEMS : Lake.PARTS);
    List<FilePart> parts = new ArrayList<>();
    sets.forEach(
        (set, rows) -> {
          FilePart part = new FilePart(set);
          for (Row row : rows) {
            addChildren(part, row, items);
          }
          if (!part.records.isEmpty()) {
            parts.add(part);
          }
        });
    List<StagedData> files = new ArrayList<>();
    addFiles(files, table, new PartitionKey(table.spec(), table.schema()), parts);
    return files;
  }

  private void addChildren(FilePart part, Row row, boolean items) {
    String root = lake.id(row);
    for (int i = 0; i < row.items().size(); i++) {
      Row.Item item = row.items().get(i);
      String itemId = root + "." + i;
      if (items) {
        part.add(
            part.records.size(),
            Lake.record(Lake.ITEM_COLUMNS, item.name(), itemId, root, (long) i));
      } else {
        for (int k = 0; k < item.parts().size(); k++) {
          part.add(
              part.records.size(),
              Lake.record(Lake.PART_COLUMNS, item.parts().get(k), itemId, root, (long) k));
        }
      }
    }
  }

  private void addFiles(
      List<StagedData> files, Table table, PartitionKey partition, List<FilePart> parts) {
    for (int from = 0; from < parts.size(); from += setsPerFile) {
      List<FilePart> in = parts.subList(from, Math.min(parts.size(), from + setsPerFile));
      List<Record> records = new ArrayList<>();
      List<StagedGroup> groups = new ArrayList<>();
      for (FilePart part : in) {
        groups.add(part.group(records.size(), sets.get(part.set).size()));
        records.addAll(part.records);
      }
      String name =
          id.value() + "-" + files.size() + "-" + Integer.toHexString(partition.hashCode());
      DataFile file = Lake.write(table, name, partition, records);
      files.add(new StagedData(file, table.spec(), groups));
    }
  }

  /** The rows of one set that go to one file. */
  private static final class FilePart {
    private final long set;
    private final List<Record> records = new ArrayList<>();
    private final List<Integer> setRows = new ArrayList<>();

    FilePart(long set) {
      this.set = set;
    }

    void add(int setRow, Record record) {
      setRows.add(setRow);
      records.add(record);
    }

    StagedGroup group(long firstRow, int wholeSet) {
      int[] rows = setRows.stream().mapToInt(Integer::intValue).toArray();
      boolean inOrder =
          Arrays.equals(rows, java.util.stream.IntStream.range(0, rows.length).toArray());
      return inOrder && rows.length >= wholeSet
          ? StagedGroup.whole(set, firstRow, rows.length)
          : new StagedGroup(set, firstRow, rows.length, rows);
    }
  }
}
