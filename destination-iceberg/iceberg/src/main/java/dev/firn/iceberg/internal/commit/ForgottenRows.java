package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.catalog.Tables;
import dev.firn.load.LoadId;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.SystemColumns;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Takes rows that are no longer wanted out of a quarantine table, by whole files: each file that
 * Firn writes there is of one load, and its bounds say of which.
 */
public final class ForgottenRows {
  private final Tables tables;
  private final TableName name;
  private final Pause pause;

  public ForgottenRows(Tables tables, TableName quarantine, Pause pause) {
    this.tables = tables;
    this.name = quarantine;
    this.pause = pause;
  }

  /** Removes the rows of loads, and all from before a time; how many there were. */
  public long remove(Set<LoadId> loads, Instant before) {
    Expression unwanted = unwanted(loads, before);
    return new CommitLoop(name, pause)
        .run(
            () ->
                tables
                    .change(name)
                    .map(transaction -> round(transaction, unwanted))
                    .orElseGet(() -> done(0, false)))
        .outcome()
        .deleted();
  }

  private static Expression unwanted(Set<LoadId> loads, Instant before) {
    List<String> ids = loads.stream().map(LoadId::value).toList();
    Expression old = Expressions.lessThan(QuarantineTable.TIME, before.toEpochMilli() * 1000);
    return ids.isEmpty() ? old : Expressions.or(Expressions.in(SystemColumns.LOAD_ID, ids), old);
  }

  private Answer round(BaseTransaction transaction, Expression unwanted) {
    List<DataFile> files = files(transaction, unwanted);
    long rows = files.stream().mapToLong(ContentFile::recordCount).sum();
    if (files.isEmpty()) {
      return done(0, true);
    }
    DeleteFiles delete = transaction.newDelete().validateFilesExist();
    files.forEach(delete::deleteFile);
    RowChange.commit(delete, Map.of());
    Proposal proposal =
        new Proposal(
            transaction,
            Optional.of(transaction.startMetadata()),
            RowChange.Append.of(List.of()),
            "forget",
            List.of(),
            true);
    return ConditionalCommit.send(proposal).orElseGet(() -> done(rows, true));
  }

  private List<DataFile> files(BaseTransaction transaction, Expression unwanted) {
    BaseTable table = new BaseTable(transaction.underlyingOps(), name.toString());
    StrictMetricsEvaluator all = new StrictMetricsEvaluator(table.schema(), unwanted);
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().filter(unwanted).includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        if (all.eval(task.file())) {
          files.add(task.file());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private Answer done(long rows, boolean exists) {
    Counts counts = new Counts(0, 0, rows, 0, 0);
    return new Answer.Done(
        new Committed(
            counts.outcome(name, "forget", 0, OptionalLong.empty(), List.of(), 0),
            0,
            exists,
            false));
  }
}
