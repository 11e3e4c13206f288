package dev.firn.contract;

import dev.firn.schema.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may arrive in the root table of a resource. Values are coerced to the declared types first;
 * what no type can hold is a matter of the {@link Evolution}.
 *
 * @param evolution the resource's modes where it has none of its own
 * @param maxBadRows more rows that break rules fail the load, whatever becomes of each
 */
public record SchemaContract(
    String name,
    int version,
    Optional<Evolution> evolution,
    OnViolation onViolation,
    Optional<BadRows> maxBadRows,
    List<ColumnContract> columns) {
  public SchemaContract {
    columns = List.copyOf(columns);
  }

  /** What becomes of a row that breaks a rule of this column. */
  public OnViolation onViolation(ColumnContract column) {
    return column.onViolation().orElse(onViolation);
  }

  /** The declared types, by source path or column name. */
  public Map<String, DataType> types() {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (ColumnContract column : columns) {
      column.type().ifPresent(type -> types.put(column.column(), type));
    }
    return types;
  }
}
