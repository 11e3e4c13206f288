package dev.firn.iceberg.internal.catalog;

import dev.firn.schema.TableName;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** Firn's table names and Iceberg's identifiers. */
public final class TableNames {
  private TableNames() {}

  public static TableIdentifier identifier(TableName name) {
    return TableIdentifier.of(Namespace.of(name.namespace().toArray(String[]::new)), name.name());
  }

  public static TableName name(TableIdentifier identifier) {
    return new TableName(List.of(identifier.namespace().levels()), identifier.name());
  }
}
