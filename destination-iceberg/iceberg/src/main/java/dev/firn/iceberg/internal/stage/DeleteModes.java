package dev.firn.iceberg.internal.stage;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.DeleteMode;
import java.util.Optional;

/** Which delete modes a format version knows. */
public final class DeleteModes {
  private DeleteModes() {}

  /**
   * Checks one.
   *
   * @throws FirnException {@code INVALID_CONFIG}
   */
  public static void require(String table, int formatVersion, Optional<DeleteMode> mode) {
    if (formatVersion < 3 && mode.equals(Optional.of(DeleteMode.DELETION_VECTORS))) {
      throw misfit(
          table, formatVersion, mode.get(), "Set table-settings.format-version to 3, or leave out");
    }
    if (formatVersion > 2 && mode.equals(Optional.of(DeleteMode.POSITION_DELETES))) {
      throw misfit(table, formatVersion, mode.get(), "Use deletion-vectors, or leave out");
    }
  }

  private static FirnException misfit(String table, int version, DeleteMode mode, String hint) {
    return new FirnException(
        ErrorCode.INVALID_CONFIG,
        "Table %s has format version %d, which has no %s."
            .formatted(table, version, mode.word().replace('-', ' ')),
        hint + " delete-mode.");
  }
}
