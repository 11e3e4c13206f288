package dev.firn.pipeline;

import dev.firn.contract.Evolution;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where pipelines in code begin.
 *
 * <pre>{@code
 * RunReport report =
 *     Firn.pipeline("adhoc")
 *         .destination(Iceberg.catalog("lake", Map.of("type", "jdbc", "uri", "jdbc:sqlite:lake.db")))
 *         .run(Resource.of("users", () -> users.iterator()).primaryKey("id").merge().into("raw.users"));
 * report.throwIfFailed();
 * }</pre>
 */
public final class Firn {
  private Firn() {}

  /**
   * A pipeline without sources. It works in the current folder and lands in the embedded catalog
   * there until it is told otherwise.
   */
  public static Pipeline pipeline(String name) {
    return new Pipeline(
        name,
        Path.of("").toAbsolutePath(),
        Optional.empty(),
        Evolution.DEFAULT,
        Limits.DEFAULT,
        Concurrency.DEFAULT,
        List.of());
  }
}
