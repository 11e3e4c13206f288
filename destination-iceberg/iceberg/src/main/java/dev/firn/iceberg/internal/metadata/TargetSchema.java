package dev.firn.iceberg.internal.metadata;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.catalog.Tables.NewTable;
import dev.firn.schema.Column;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.SchemaDiff;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Types;

/** What a table is to become, in Iceberg's terms. */
public final class TargetSchema {
  private TargetSchema() {}

  /**
   * The schema and spec with exactly the ids that creating the table gives: creation assigns fresh
   * ones, whatever a schema says, and this passes through the same assignment.
   */
  public static TableMetadata fresh(TableSchema table, String location) {
    Schema declared = declared(table);
    PartitionSpec spec = Partitions.spec(declared, table.partitionBy());
    SortOrder order = SortOrders.order(declared, table.settings().sortBy());
    return TableMetadata.newTableMetadata(
        declared, spec, order, location, WantedProperties.forNew(table));
  }

  /** What the table is created with. */
  public static NewTable newTable(TableSchema table, String location) {
    TableMetadata fresh = fresh(table, location);
    Map<String, String> properties = new TreeMap<>(WantedProperties.forNew(table));
    properties.putAll(
        WantedProperties.changes(table, fresh.schema(), properties, List.of(), Optional.empty()));
    return new NewTable(
        fresh.schema(), fresh.spec(), fresh.sortOrder(), Optional.of(location), properties);
  }

  private static Schema declared(TableSchema table) {
    List<Types.NestedField> fields = new ArrayList<>();
    Set<Integer> key = new HashSet<>();
    for (Column column : table.columns()) {
      int id = fields.size() + 1;
      boolean inKey = table.key().contains(column.name());
      fields.add(
          Types.NestedField.builder()
              .withId(id)
              .withName(column.name())
              .ofType(TypeMapping.toIceberg(column.type()))
              .isOptional(!column.required() && !inKey)
              .build());
      if (inKey) {
        key.add(id);
      }
    }
    return new Schema(fields, key);
  }

  /**
   * What a table lacks to become the target. Its key columns stay required, whatever the target
   * says: Iceberg's identifier fields always are.
   *
   * @throws FirnException {@code CONTRACT_FROZEN} when a column cannot be promoted
   */
  public static SchemaDiff diff(TableSchema table, TableSchema target) {
    List<SchemaChange> changes = new ArrayList<>(SchemaDiff.between(table, target).changes());
    changes.removeIf(
        change ->
            change instanceof SchemaChange.RelaxNullability relax
                && table.key().contains(relax.column()));
    return new SchemaDiff(changes);
  }

  /**
   * Checks that a table can be made or become the target; nothing is written.
   *
   * @param exists whether it is to be changed; otherwise it is made, or made anew
   * @throws FirnException as {@link #evolve} does, and the catalog's refusal of what it cannot hold
   */
  public static void check(Tables tables, TableSchema target, boolean exists) {
    TableName name = target.name();
    Optional<BaseTable> live = exists ? tables.load(name) : Optional.empty();
    Schema schema =
        live.map(table -> evolved(table, target).schema())
            .orElseGet(() -> fresh(target, name.toString()).schema());
    tables.requireFormat(name, target.settings().formatVersion());
    tables.requireFit(name, schema);
  }

  /**
   * A table as it will be when it has become the target; nothing is committed.
   *
   * @throws FirnException as {@link #evolve} does
   */
  public static Table evolved(BaseTable table, TableSchema target) {
    Transaction transaction = Tables.change(table);
    evolve(transaction, target);
    UpdateProperties properties = transaction.updateProperties();
    WantedProperties.changes(
            target, transaction.table().schema(), table.properties(), List.of(), Optional.empty())
        .forEach(properties::set);
    properties.commit();
    return transaction.table();
  }

  /**
   * Makes a table the target within a transaction, but for its properties.
   *
   * @return what changed
   * @throws FirnException {@code CONTRACT_FROZEN} when the table cannot hold the target's columns,
   *     {@code INVALID_CONFIG} when it cannot be kept as the target says, or has columns that stand
   *     in the way
   */
  public static List<SchemaChange> evolve(Transaction transaction, TableSchema target) {
    TableMetadata now = ((BaseTransaction) transaction).currentMetadata();
    ForeignColumns.require(now.schema(), target);
    SchemaDiff diff = diff(LiveTables.schema(target.name(), now), target);
    if (diff.changes().stream().anyMatch(SchemaChange::ofColumns)) {
      evolve(transaction.updateSchema(), target, diff);
    }
    for (SchemaChange change : diff.changes()) {
      Table table = transaction.table();
      if (change instanceof SchemaChange.Repartition fields) {
        requireFreePartitioning(target, now);
        Partitions.repartition(transaction.updateSpec(), table.schema(), table.spec(), fields.to());
      } else if (change instanceof SchemaChange.Resort order) {
        ReplaceSortOrder update = transaction.replaceSortOrder();
        SortOrders.add(update, order.to());
        SortOrders.built(
            order.to(),
            () -> {
              update.commit();
              return update;
            });
      }
    }
    return diff.changes();
  }

  /** In version 1 a field that goes leaves a hole behind, which rows would have to fill. */
  private static void requireFreePartitioning(TableSchema target, TableMetadata now) {
    if (now.formatVersion() < 2 && now.spec().isPartitioned()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s has format version 1 and is partitioned by %s; it cannot be partitioned by %s."
              .formatted(
                  target.name(), Partitions.fields(now.schema(), now.spec()), target.partitionBy()),
          "Load once with table-settings.format-version: 2, then change partition-by.");
    }
  }

  private static void evolve(UpdateSchema update, TableSchema table, SchemaDiff diff) {
    try {
      diff.changes().forEach(change -> apply(update, change));
      update.commit();
    } catch (IllegalArgumentException
        | IllegalStateException
        | org.apache.iceberg.exceptions.ValidationException e) {
      throw new FirnException(
          ErrorCode.CONTRACT_FROZEN,
          "Table " + table.name() + " cannot be changed as needed: " + e.getMessage(),
          "Compare the incoming columns with `firn schema show " + table.name() + "`.",
          e);
    }
  }

  private static void apply(UpdateSchema update, SchemaChange change) {
    if (change instanceof SchemaChange.AddColumn add) {
      // With a parent, even none, dots in the name are part of it.
      update.addColumn(
          (String) null, add.column().name(), TypeMapping.toIceberg(add.column().type()));
    } else if (change instanceof SchemaChange.WidenType widen) {
      update.updateColumn(widen.column(), TypeMapping.toIceberg(widen.to()));
    } else if (change instanceof SchemaChange.RelaxNullability relax) {
      update.makeColumnOptional(relax.column());
    } else if (change instanceof SchemaChange.RenameColumn rename) {
      update.renameColumn(rename.from(), rename.to());
    } else if (change instanceof SchemaChange.SetKey key) {
      update.setIdentifierFields(key.to());
    } else if (change instanceof SchemaChange.DropColumn drop) {
      update.deleteColumn(drop.column());
    }
  }
}
