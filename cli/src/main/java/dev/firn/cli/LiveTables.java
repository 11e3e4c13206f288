package dev.firn.cli;

import dev.firn.destination.Destination;
import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.schema.TableName;
import java.util.List;

/** Finds tables by the names that users write. */
final class LiveTables {
  private LiveTables() {}

  /** The name with the pipeline's namespace where it has none. */
  static TableName named(String text, PipelineSpec spec) {
    String namespace = spec.destination().namespace().orElse(spec.name());
    return TableName.parse(text).inNamespace(namespace);
  }

  /**
   * The table.
   *
   * @throws FirnException {@code INVALID_CONFIG} when there is none, listing those there are
   */
  static LiveTable find(Destination destination, TableName name) {
    return destination
        .metadata()
        .current(name)
        .orElseThrow(() -> missing(name, destination.metadata().tables()));
  }

  private static FirnException missing(TableName name, List<TableName> tables) {
    String there =
        tables.isEmpty()
            ? "There are no tables yet: run the pipeline first."
            : "Tables: "
                + String.join(", ", tables.stream().map(TableName::toString).toList())
                + ".";
    return new FirnException(ErrorCode.INVALID_CONFIG, "There is no table " + name + ".", there);
  }
}
