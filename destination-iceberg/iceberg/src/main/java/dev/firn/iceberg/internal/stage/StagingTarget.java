package dev.firn.iceberg.internal.stage;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.iceberg.internal.catalog.Tables.NewTable;
import dev.firn.iceberg.internal.metadata.ForeignColumns;
import dev.firn.iceberg.internal.metadata.TargetSchema;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/**
 * The table that files are staged for: a live one, or one that is to be created.
 *
 * @param table gives storage and locations
 * @param live whether the table exists
 * @param tables those of its catalog
 */
record StagingTarget(TableName name, Table table, boolean live, Tables tables) {
  /** A table that is to take the place of a live one lies beside it: both are there for a while. */
  private static StagingTarget anew(Tables tables, TableName name, BaseTable live, String suffix) {
    String location = live.location().replaceFirst("(-[0-9A-HJKMNP-TV-Z]{26})?/?$", "-" + suffix);
    TableMetadata empty =
        TableMetadata.newTableMetadata(
            new Schema(), PartitionSpec.unpartitioned(), location, Map.of());
    Table table = new BaseTable(new UnbornOperations(empty, live), name.toString());
    return new StagingTarget(name, table, false, tables);
  }

  /** Looks the table up; an absent one is prepared without making anything visible. */
  static StagingTarget of(Tables tables, TableName name) {
    return found(tables, name, Map.of());
  }

  /**
   * As the other one, to write rows for it.
   *
   * @param formatVersion of a table that is to be created; 0: any
   * @param anew marks the place of a table that is to be made anew, though it may be there
   * @throws FirnException {@code INVALID_CONFIG} when the table cannot hold them, or the catalog
   *     not the table
   */
  static StagingTarget forRows(
      Tables tables, TableName name, int formatVersion, Optional<String> anew) {
    Optional<BaseTable> old = anew.flatMap(suffix -> tables.load(name));
    if (old.isPresent()) {
      return anew(tables, name, old.get(), anew.orElseThrow());
    }
    StagingTarget target =
        found(
            tables,
            name,
            formatVersion == 0
                ? Map.of()
                : Map.of(TableProperties.FORMAT_VERSION, Integer.toString(formatVersion)));
    if (target.live) {
      ForeignColumns.requireOptional(name, target.table.schema());
    }
    return target;
  }

  private static StagingTarget found(
      Tables tables, TableName name, Map<String, String> properties) {
    Optional<BaseTable> live = tables.load(name);
    if (live.isPresent()) {
      return new StagingTarget(name, live.get(), true, tables);
    }
    NewTable empty =
        new NewTable(
            new Schema(),
            PartitionSpec.unpartitioned(),
            SortOrder.unsorted(),
            Optional.empty(),
            properties);
    try {
      return new StagingTarget(name, tables.create(name, empty).table(), false, tables);
    } catch (AlreadyExistsException e) {
      // made by another writer between the two looks
      return new StagingTarget(name, tables.load(name).orElseThrow(() -> e), true, tables);
    }
  }

  /** The live table's identity, or the empty text. */
  String uuid() {
    return live ? ((BaseTable) table).operations().current().uuid() : "";
  }

  /**
   * The schema, spec and metrics under which files of a target schema are sealed, with the ids that
   * the commit will find if nobody else changes the table.
   *
   * @throws FirnException {@code TABLE_REPLACED} when the table is no longer the one it was, or the
   *     catalog's refusal of what it cannot hold
   */
  Sealed seal(TableSchema target) {
    if (!live) {
      TableMetadata fresh = TargetSchema.fresh(target, table.location());
      tables.requireFit(name, fresh.schema());
      return new Sealed(
          fresh.schema(),
          fresh.spec(),
          MetricsConfig.from(fresh.properties(), fresh.schema(), fresh.sortOrder()));
    }
    BaseTable now = tables.load(name).orElseThrow(() -> replaced("dropped"));
    TableMetadata metadata = now.operations().current();
    if (!metadata.uuid().equals(uuid())) {
      throw replaced("dropped and made anew");
    }
    Table evolved = TargetSchema.evolved(now, target);
    tables.requireFit(name, evolved.schema());
    return new Sealed(evolved.schema(), evolved.spec(), MetricsConfig.forTable(evolved));
  }

  private FirnException replaced(String what) {
    return new FirnException(
        ErrorCode.TABLE_REPLACED,
        "Table %s was %s while its rows were staged.".formatted(name, what),
        "Run again.");
  }

  /** What sealing needs to know. */
  record Sealed(Schema schema, PartitionSpec spec, MetricsConfig metrics) {}
}
