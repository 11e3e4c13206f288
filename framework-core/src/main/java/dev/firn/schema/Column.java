package dev.firn.schema;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.util.ArrayList;
import java.util.List;

/**
 * One column of a table.
 *
 * @param sourcePaths the source's spellings of this column, keys joined by {@code .}; the first is
 *     the one that made it, the others are aliases; empty for system columns
 */
public record Column(String name, DataType type, boolean required, List<String> sourcePaths) {
  public Column {
    if (name.isBlank()) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG, "A column has no name.", "Name every column.");
    }
    sourcePaths = List.copyOf(sourcePaths);
  }

  /** An optional column without a source path. */
  public static Column of(String name, DataType type) {
    return new Column(name, type, false, List.of());
  }

  /** A required column without a source path. */
  public static Column required(String name, DataType type) {
    return new Column(name, type, true, List.of());
  }

  public Column withName(String other) {
    return new Column(other, type, required, sourcePaths);
  }

  public Column withType(DataType other) {
    return new Column(name, other, required, sourcePaths);
  }

  public Column asOptional() {
    return new Column(name, type, false, sourcePaths);
  }

  /** This column knowing one more spelling; itself when it knows it already. */
  public Column withAlias(String path) {
    if (sourcePaths.contains(path)) {
      return this;
    }
    List<String> paths = new ArrayList<>(sourcePaths);
    paths.add(path);
    return new Column(name, type, required, paths);
  }

  /** This column, never null. */
  public Column asRequired() {
    return new Column(name, type, true, sourcePaths);
  }

  /** Whether Firn made this column for itself. */
  public boolean system() {
    return SystemColumns.reserved(name);
  }
}
