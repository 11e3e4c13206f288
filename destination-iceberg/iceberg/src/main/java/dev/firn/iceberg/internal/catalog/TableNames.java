package dev.firn.iceberg.internal.catalog;

import dev.firn.destination.Capability;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.CatalogCapabilities;
import dev.firn.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Firn's table names and the identifiers of one catalog.
 *
 * @param catalog the catalog's name in {@code catalogs}
 * @param separator what joins the levels of a namespace to one; empty: they stay levels
 */
public record TableNames(
    String catalog, CatalogCapabilities capabilities, Optional<String> separator) {
  /** Names as they are, in a catalog of which nothing is known. */
  public static final TableNames PLAIN =
      new TableNames("", CatalogCapabilities.UNKNOWN, Optional.empty());

  /**
   * The identifier of a table.
   *
   * @throws FirnException {@code INVALID_CONFIG} when the catalog cannot hold a table of that name
   */
  public TableIdentifier identifier(TableName name) {
    List<String> levels = name.namespace();
    if (separator.isPresent()) {
      requireApart(name, separator.get());
      levels = List.of(String.join(separator.get(), levels));
    }
    requireOneLevel(name, levels);
    requireShort(name, String.join(".", levels));
    requireShort(name, name.name());
    requireNothingReserved(name);
    return TableIdentifier.of(Namespace.of(levels.toArray(String[]::new)), name.name());
  }

  /** The name of a table that the catalog lists. */
  public static TableName name(TableIdentifier identifier) {
    return new TableName(List.of(identifier.namespace().levels()), identifier.name());
  }

  /** Else two namespaces would be written alike. */
  private void requireApart(TableName name, String between) {
    if (between.isEmpty()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Catalog '%s': namespace-separator is empty.".formatted(catalog),
          "Set catalogs.%s.namespace-separator to what is in no namespace's name, such as __."
              .formatted(catalog));
    }
    for (String level : name.namespace()) {
      if (level.contains(between)) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "Table %s cannot be in catalog '%s': the namespace '%s' holds the separator '%s' itself."
                .formatted(name, catalog, level, between),
            "Set catalogs.%s.namespace-separator to what is in no namespace's name."
                .formatted(catalog));
      }
    }
  }

  private void requireOneLevel(TableName name, List<String> levels) {
    if (levels.size() > 1 && capabilities.lacks(Capability.NESTED_NAMESPACES)) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s is in a namespace of %d levels, but catalog '%s' has one level of them."
              .formatted(name, levels.size(), catalog),
          "Name the table namespace.table, or set catalogs.%s.namespace-separator: __ to make %s of the levels."
              .formatted(catalog, String.join("__", levels)));
    }
  }

  private void requireShort(TableName name, String part) {
    if (part.length() > capabilities.longestName()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "Table %s cannot be in catalog '%s': '%s' has %d letters, and %d is the most."
              .formatted(name, catalog, part, part.length(), capabilities.longestName()),
          "Give the table a shorter name.");
    }
  }

  private void requireNothingReserved(TableName name) {
    List<String> parts = new ArrayList<>(name.namespace());
    parts.add(name.name());
    for (String part : parts) {
      if (part.chars().anyMatch(letter -> capabilities.reserved().indexOf(letter) >= 0)) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "Table %s cannot be in catalog '%s', where '%s' is no name: these letters mean something else there: %s"
                .formatted(name, catalog, part, capabilities.reserved()),
            "Give the table another name.");
      }
    }
  }
}
