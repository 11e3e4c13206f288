package dev.firn.internal.run;

import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.CursorColumn;
import dev.firn.internal.normalize.CursorPoint;
import dev.firn.schema.DataType;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.state.CursorState;
import dev.firn.state.ResourceState;
import java.util.List;
import java.util.Optional;

/** Makes the cursor that a user asks for by hand. */
public final class StateCursor {
  private StateCursor() {}

  /**
   * A cursor that stands at a value, none of whose records are known to be loaded.
   *
   * @param written the column, where the user names it; else the pipeline's, else the state's
   */
  public static CursorState at(
      LiveTable live,
      Optional<ResourceState> state,
      Optional<ResourceSpec> spec,
      Optional<String> written,
      String value) {
    String column =
        written
            .or(() -> spec.flatMap(ResourceSpec::incremental).map(IncrementalSpec::cursor))
            .or(() -> state.flatMap(ResourceState::cursor).map(CursorState::column))
            .orElseThrow(
                () ->
                    new FirnException(
                        ErrorCode.INVALID_CONFIG,
                        "Neither the pipeline nor the state names a cursor.",
                        "Name its column: --column updated_at."));
    DataType type =
        CursorColumn.typeIn(live, spec.orElseGet(() -> ResourceSpec.named("any")), column)
            .orElseThrow(
                () ->
                    new FirnException(
                        ErrorCode.INVALID_CONFIG,
                        "Table %s has no column '%s'.".formatted(live.schema().name(), column),
                        "Name the cursor by its source path or column name."));
    return new CursorState(column, type, CursorPoint.parse(type, value).spelling(), List.of());
  }
}
