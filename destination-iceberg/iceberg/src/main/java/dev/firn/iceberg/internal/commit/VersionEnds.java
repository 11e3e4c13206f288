package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.metadata.FirnProperties;
import dev.firn.iceberg.internal.metadata.LiveTables;
import dev.firn.load.LoadPackage;
import dev.firn.load.MergeStrategy;
import dev.firn.load.WriteDisposition;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;

/**
 * The column that tells which versions of a table hold. It is noted by its id, so that it may be
 * renamed, but no other column takes its place: in that one all versions would seem to hold.
 */
final class VersionEnds {
  private VersionEnds() {}

  /** What a table says of it once the load is in it. */
  static Optional<String> noted(LoadPackage load, Schema schema) {
    return keepsVersions(load)
        ? Optional.ofNullable(schema.findField(load.rules().validity().to()))
            .map(column -> Integer.toString(column.fieldId()))
        : Optional.empty();
  }

  /**
   * Checks that a load keeps versions in the column in which the table has them.
   *
   * @throws FirnException {@code UNMERGEABLE}
   */
  static void require(LoadPackage load, TableMetadata table) {
    String id = table.properties().get(FirnProperties.VERSION_ENDS);
    if (id == null || !keepsVersions(load) || LiveTables.isEmpty(table)) {
      return;
    }
    Types.NestedField known = table.schema().findField(Integer.parseInt(id));
    String wanted = load.rules().validity().to();
    Map<String, String> renames = load.root().schema().edits().renames();
    if (known != null
        && !known.name().equals(wanted)
        && !wanted.equals(renames.get(known.name()))) {
      throw new FirnException(
          ErrorCode.UNMERGEABLE,
          "Table %s: its versions end in column '%s', and valid-to is '%s'."
              .formatted(load.root().schema().name(), known.name(), wanted),
          "Set valid-to: %s, or rename that column too.".formatted(known.name()));
    }
  }

  private static boolean keepsVersions(LoadPackage load) {
    return load.disposition() == WriteDisposition.MERGE
        && load.rules().mergeStrategy() == MergeStrategy.SCD2;
  }
}
