package dev.firn.iceberg.internal.metadata;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.Tables.NewTable;
import dev.firn.schema.Column;
import dev.firn.schema.SchemaChange;
import dev.firn.schema.SchemaDiff;
import dev.firn.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
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
    return TableMetadata.newTableMetadata(
        declared, spec, SortOrder.unsorted(), location, TableSettings.forNew(table));
  }

  /** What the table is created with. */
  public static NewTable newTable(TableSchema table, String location) {
    TableMetadata fresh = fresh(table, location);
    Map<String, String> properties = new TreeMap<>(TableSettings.forNew(table));
    properties.putAll(
        TableSettings.changes(table, fresh.schema(), properties, List.of(), Optional.empty()));
    return new NewTable(fresh.schema(), fresh.spec(), Optional.of(location), properties);
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
   * Applies changes to a table's schema, without committing them.
   *
   * @return the update, to be asked for its result or committed
   * @throws FirnException {@code CONTRACT_FROZEN} when the table refuses one
   */
  public static UpdateSchema evolve(UpdateSchema update, TableSchema table, SchemaDiff diff) {
    try {
      diff.changes().forEach(change -> apply(update, change));
      update.apply();
      return update;
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
    }
  }

  /** Whether a change touches the Iceberg schema; an alias only touches a property. */
  public static boolean touchesSchema(SchemaDiff diff) {
    return diff.changes().stream().anyMatch(change -> !(change instanceof SchemaChange.AddAlias));
  }
}
