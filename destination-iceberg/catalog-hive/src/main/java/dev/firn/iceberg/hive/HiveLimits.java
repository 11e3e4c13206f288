package dev.firn.iceberg.hive;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/**
 * The names that a metastore can hold: of lower-case letters, digits and {@code _}, not longer than
 * the columns of its own tables, and not told apart by case.
 */
final class HiveLimits {
  // The metastore's own schema, in all databases it knows: DBS.NAME, TBLS.TBL_NAME,
  // COLUMNS_V2.COLUMN_NAME, TABLE_PARAMS.PARAM_KEY.
  private static final int LONGEST_DATABASE = 128;
  private static final int LONGEST_TABLE = 256;
  private static final int LONGEST_COLUMN = 767;
  private static final int LONGEST_PROPERTY = 256;
  private static final Pattern NAME = Pattern.compile("\\w+");

  private HiveLimits() {}

  /**
   * Checks a table's name.
   *
   * @throws FirnException {@code INVALID_CONFIG} when the metastore would refuse or change it
   */
  static void requireName(TableIdentifier identifier) {
    for (String database : identifier.namespace().levels()) {
      requireName(identifier, "database", database, LONGEST_DATABASE);
    }
    requireName(identifier, "table", identifier.name(), LONGEST_TABLE);
  }

  private static void requireName(
      TableIdentifier identifier, String kind, String name, int longest) {
    if (!NAME.matcher(name).matches()) {
      throw refused(
          identifier,
          "the name of a Hive %s is made of letters a-z, digits and _, which '%s' is not"
              .formatted(kind, name),
          "Give it another name.");
    } else if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      throw refused(
          identifier,
          "Hive keeps names in lower case, and would make '%s' of the %s '%s'"
              .formatted(name.toLowerCase(Locale.ROOT), kind, name),
          "Write it in lower case.");
    } else if (name.length() > longest) {
      throw refused(
          identifier,
          "the name of a Hive %s has at most %d characters, this one has %d"
              .formatted(kind, longest, name.length()),
          "Shorten it.");
    }
  }

  /**
   * Checks a table's columns.
   *
   * @throws FirnException {@code INVALID_CONFIG} when the metastore cannot hold one
   */
  static void require(TableIdentifier identifier, Schema schema) {
    Map<String, String> byHiveName = new HashMap<>();
    for (Types.NestedField column : schema.columns()) {
      String twin = byHiveName.put(column.name().toLowerCase(Locale.ROOT), column.name());
      if (twin != null) {
        throw unfit(
            identifier,
            "columns '%s' and '%s' have one name in Hive, which ignores case"
                .formatted(twin, column.name()));
      } else if (column.name().length() > LONGEST_COLUMN) {
        throw unfit(
            identifier,
            "the name of column '%s...' has %d characters, in Hive it has at most %d"
                .formatted(column.name().substring(0, 40), column.name().length(), LONGEST_COLUMN));
      }
    }
  }

  /** Checks all that a commit sends to the metastore. */
  static void require(TableIdentifier identifier, TableMetadata metadata) {
    require(identifier, metadata.schema());
    for (String key : metadata.properties().keySet()) {
      if (key.length() > LONGEST_PROPERTY) {
        throw unfit(
            identifier,
            "the table property '%s...' has a name of %d characters, in Hive it has at most %d"
                .formatted(key.substring(0, 60), key.length(), LONGEST_PROPERTY));
      }
    }
  }

  static FirnException refused(TableIdentifier table, String why, String hint) {
    return new FirnException(ErrorCode.INVALID_CONFIG, "Table %s: %s.".formatted(table, why), hint);
  }

  private static FirnException unfit(TableIdentifier table, String why) {
    return refused(table, why, "Rename or leave out the column, or load into another catalog.");
  }
}
