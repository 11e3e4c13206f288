package dev.firn.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractResult;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import dev.firn.internal.run.ReportFile;
import dev.firn.internal.run.ReportJson;
import dev.firn.load.LoadCounts;
import dev.firn.load.TableOutcome;
import dev.firn.source.PartitionWindow;
import dev.firn.state.CursorState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run did. Its JSON form is that of {@code run-report.schema.json} in the jar.
 *
 * @param profile the profile that the pipeline was read with
 * @param trigger who started the run, as in {@link RunOptions}
 * @param status {@code ok}, {@code nothing-to-do} or {@code failed}
 * @param resources in their order; those that a failure kept from running are among them
 * @param finishedPackages load ids of earlier runs that this one committed
 * @param discardedPackages load ids of earlier runs that this one dropped
 */
public record RunReport(
    String runId,
    String pipeline,
    Optional<String> profile,
    String trigger,
    String status,
    Instant startedAt,
    Instant finishedAt,
    List<ResourceReport> resources,
    List<String> finishedPackages,
    List<String> discardedPackages,
    List<String> warnings,
    Optional<FirnException> error) {
  public RunReport {
    resources = List.copyOf(resources);
    finishedPackages = List.copyOf(finishedPackages);
    discardedPackages = List.copyOf(discardedPackages);
    warnings = List.copyOf(warnings);
  }

  /** How a run ended for one resource. */
  public enum Status {
    OK,
    NOTHING_TO_DO,
    FAILED,
    /** An earlier resource failed. */
    NOT_RUN;

    /** As in the JSON document: {@code not-run}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What a run did for one resource. read = loaded + quarantined + superseded + boundary +
   * discarded + outOfWindow.
   *
   * @param error why it failed
   * @param loadId empty when there was nothing to load
   * @param loaded inserted + updated + unchanged + deleted-by-record
   * @param tables the root first
   * @param contract what the load made of its contract, if it has one
   * @param promise what readers were guaranteed at the commit
   * @param partition the key of the window that was loaded, of a partitioned resource
   */
  public record ResourceReport(
      String name,
      Status status,
      Optional<FirnException> error,
      String loadId,
      LoadCounts counts,
      long loaded,
      long superseded,
      long bytes,
      Optional<CursorState> cursorBefore,
      Optional<CursorState> cursorAfter,
      List<TableOutcome> tables,
      String promise,
      List<String> warnings,
      Optional<ContractResult> contract,
      Optional<String> partition) {
    public ResourceReport {
      tables = List.copyOf(tables);
      warnings = List.copyOf(warnings);
    }

    /** The same with what became of the contract. */
    public ResourceReport withContract(Optional<ContractResult> result) {
      return with(result, partition);
    }

    /** The same as what became of one window of a partitioned resource. */
    public ResourceReport of(PartitionWindow window) {
      return with(contract, Optional.of(window.key()));
    }

    private ResourceReport with(Optional<ContractResult> result, Optional<String> window) {
      return new ResourceReport(
          name,
          status,
          error,
          loadId,
          counts,
          loaded,
          superseded,
          bytes,
          cursorBefore,
          cursorAfter,
          tables,
          promise,
          warnings,
          result,
          window);
    }

    /** A resource whose load failed: nothing of it is visible. */
    public static ResourceReport failed(String name, FirnException error) {
      return nothing(name, Status.FAILED, Optional.of(error));
    }

    /** A resource that was not reached. */
    public static ResourceReport notRun(String name) {
      return nothing(name, Status.NOT_RUN, Optional.empty());
    }

    /** A resource that had nothing new. */
    public static ResourceReport nothingToDo(String name) {
      return nothing(name, Status.NOTHING_TO_DO, Optional.empty());
    }

    /** As users see it: {@code entries}, or {@code entries [2024-10-15]}. */
    public String title() {
      return partition.map(key -> name + " [" + key + "]").orElse(name);
    }

    private static ResourceReport nothing(
        String name, Status status, Optional<FirnException> error) {
      return new ResourceReport(
          name,
          status,
          error,
          "",
          LoadCounts.NONE,
          0,
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          "",
          List.of(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** Where the report's file is, relative to the project's folder. */
  public Path file() {
    return ReportFile.path(runId);
  }

  /** The exit code of a command that ends with this report. */
  public int exitCode() {
    return error.map(e -> e.code().exitCode()).orElse(0);
  }

  /**
   * The JSON document of {@code run-report.schema.json}.
   *
   * @param redactor takes secrets out of messages
   */
  public ObjectNode toJson(Redactor redactor) {
    return ReportJson.of(this, redactor);
  }

  /**
   * A failure as it stands in the JSON document.
   *
   * @param redactor takes secrets out of message and hint
   */
  public static ObjectNode errorDocument(FirnException failure, Redactor redactor) {
    return ReportJson.error(failure, redactor);
  }

  /** Throws the run's failure, if it had one. */
  public RunReport throwIfFailed() {
    error.ifPresent(
        e -> {
          throw e;
        });
    return this;
  }

  /** What became of one table, by its full name. */
  public Optional<TableOutcome> table(String name) {
    for (ResourceReport resource : resources) {
      for (TableOutcome table : resource.tables()) {
        if (table.table().toString().equals(name)) {
          return Optional.of(table);
        }
      }
    }
    return Optional.empty();
  }
}
