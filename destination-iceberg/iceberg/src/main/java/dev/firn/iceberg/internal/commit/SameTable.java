package dev.firn.iceberg.internal.commit;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.load.StagedTable;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;

/** Tells a table from another one that has taken its name since a load was staged. */
final class SameTable {
  private SameTable() {}

  /**
   * Passes for the table that was staged for, and for any when there was none.
   *
   * @throws FirnException {@code TABLE_REPLACED} when it is gone or another one
   */
  static void require(StagedTable staged, Optional<TableMetadata> live, LoadId load) {
    if (staged.uuid().isEmpty()) {
      return;
    } else if (live.isEmpty()) {
      throw replaced(staged, load, "is gone");
    } else if (!staged.uuid().equals(live.get().uuid())) {
      String now = live.get().uuid();
      throw replaced(
          staged, load, "is another table now (%s, was %s)".formatted(now, staged.uuid()));
    }
  }

  private static FirnException replaced(StagedTable staged, LoadId load, String what) {
    return new FirnException(
        ErrorCode.TABLE_REPLACED,
        "Table %s %s since load %s was staged.".formatted(staged.schema().name(), what, load),
        "The package is kept. Drop it with `firn packages drop` to load anew.");
  }
}
