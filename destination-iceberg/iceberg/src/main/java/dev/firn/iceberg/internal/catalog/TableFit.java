package dev.firn.iceberg.internal.catalog;

import dev.firn.destination.Capability;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.iceberg.internal.catalog.Tables.NewTable;
import dev.firn.iceberg.internal.io.LocalPaths;
import dev.firn.schema.TableName;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.TypeUtil;

/** Whether a catalog can hold a table, asked before anything is written. */
final class TableFit {
  private static final int V3 = 3;

  private TableFit() {}

  /**
   * Checks what is known of the kind of catalog.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  static void check(CatalogCapabilities capabilities, TableName name, NewTable table) {
    checkFormat(capabilities, name, format(table));
    checkTypes(capabilities, name, table.schema());
  }

  /**
   * Checks a format version.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  static void checkFormat(CatalogCapabilities capabilities, TableName name, int version) {
    if (version >= V3 && capabilities.lacks(Capability.FORMAT_V3)) {
      throw refused(
          "Table %s is to be of format version %d, which this catalog cannot hold."
              .formatted(name, version));
    }
  }

  /**
   * Checks the types of columns and of what is nested in them.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  static void checkTypes(CatalogCapabilities capabilities, TableName name, Schema schema) {
    List<String> refused =
        TypeUtil.indexById(schema.asStruct()).values().stream()
            .filter(field -> capabilities.refusedTypes().contains(field.type().typeId()))
            .map(field -> schema.findColumnName(field.fieldId()) + " " + field.type())
            .toList();
    if (!refused.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s has columns that this catalog cannot hold: %s."
              .formatted(name, String.join(", ", refused)),
          "Declare other types for them, or load into another catalog.");
    }
  }

  /**
   * Checks what the server has made of the request: there are those that make an older version.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  static void checkFormat(TableName name, NewTable table, TableMetadata begun) {
    if (begun.formatVersion() < format(table)) {
      throw refused(
          "Table %s is to be of format version %d, but the catalog makes it %d."
              .formatted(name, format(table), begun.formatVersion()));
    }
  }

  /**
   * Checks where a new table would lie: clients of object stores take {@code ?} and {@code #} for
   * the end of a name, so that all files of the table would be one.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  static void checkLocation(TableName name, String location) {
    if (!LocalPaths.isLocal(location) && location.matches(".*[?#].*")) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s would lie at %s, but no name in a storage has a '?' or '#'."
              .formatted(name, location),
          "Give the table another name.");
    }
  }

  private static FirnException refused(String message) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        message,
        "Leave out table-settings.format-version, or load into another catalog.");
  }

  private static int format(NewTable table) {
    String text = table.properties().getOrDefault(TableProperties.FORMAT_VERSION, "2");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused("'%s' is no format version.".formatted(text));
    }
  }
}
