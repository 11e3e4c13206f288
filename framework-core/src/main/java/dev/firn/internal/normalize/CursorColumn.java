package dev.firn.internal.normalize;

import dev.firn.destination.LiveTable;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.schema.Column;
import dev.firn.schema.DataType;
import dev.firn.schema.TableSchema;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.state.CursorState;
import java.util.Optional;

/** Finds a cursor's column in the table that is there, before anything is read. */
public final class CursorColumn {
  private final ResourceSpec resource;
  private final IncrementalSpec spec;
  private final Optional<TableSchema> root;
  private final Names names;

  private CursorColumn(ResourceSpec resource, IncrementalSpec spec, Optional<LiveTable> live) {
    this.resource = resource;
    this.spec = spec;
    this.root = live.map(LiveTable::schema);
    this.names = new Names(resource.naming().style(), Normalizer.LONGEST_NAME);
  }

  /**
   * The window of a resource's next load.
   *
   * @param state where the last one ended
   * @throws FirnException {@code INVALID_CONFIG} when the state is another cursor's, or does not
   *     list records that this load would double
   */
  public static CursorWindow window(
      ResourceSpec resource,
      IncrementalSpec spec,
      Optional<LiveTable> live,
      Optional<CursorState> state) {
    CursorColumn column = new CursorColumn(resource, spec, live);
    if (!spec.stateless()) {
      state.ifPresent(column::requireUsable);
    }
    return CursorWindow.after(state, spec, column.type());
  }

  /** The type of a column of the table, by source path or column name. */
  public static Optional<DataType> typeIn(LiveTable live, ResourceSpec resource, String column) {
    CursorColumn cursor = new CursorColumn(resource, IncrementalSpec.on(column), Optional.of(live));
    return cursor.found(live.schema(), column).map(Column::type);
  }

  private void requireUsable(CursorState state) {
    if (!nameOf(state.column()).equals(nameOf(spec.cursor()))) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The state of %s remembers the cursor '%s', but the pipeline says '%s'."
              .formatted(resource.name(), state.column(), spec.cursor()),
          "Set the cursor back, or say where the new one stands: firn state set %s --cursor VALUE."
              .formatted(resource.name()));
    }
    if (state.boundaryOmitted() && CursorWindow.needsBoundary(spec, resource.disposition())) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          "The state of %s does not list the records of '%s', the last value: they were too many."
              .formatted(resource.name(), state.value()),
          "Load by merge as before, or set incremental.range-start: open to leave that value out.");
    }
  }

  /** The type that the column has, or is declared to have. */
  private Optional<DataType> type() {
    String name = nameOf(spec.cursor());
    Optional<DataType> declared =
        Optional.ofNullable(resource.columns().get(spec.cursor()))
            .or(() -> Optional.ofNullable(resource.columns().get(name)));
    return root.flatMap(table -> found(table, spec.cursor())).map(Column::type).or(() -> declared);
  }

  /** The name that the column has after this load, whose renames may be still to be done. */
  private String nameOf(String written) {
    String plain = names.column(LoadPlan.keys(written));
    String now = root.flatMap(table -> found(table, written)).map(Column::name).orElse(plain);
    return resource.columnEdits().nameFor(written, resource.columnEdits().nameFor(plain, now));
  }

  private Optional<Column> found(TableSchema table, String written) {
    return table
        .column(written)
        .or(() -> table.column(names.column(LoadPlan.keys(written))))
        .or(
            () ->
                table.columns().stream()
                    .filter(column -> column.sourcePaths().contains(written))
                    .findFirst());
  }
}
