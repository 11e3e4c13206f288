package dev.firn.internal.run;

import dev.firn.internal.normalize.LoadSummary;
import dev.firn.internal.run.ResourceRun.Extracted;
import dev.firn.internal.run.ResourceRun.Task;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadCounts;
import dev.firn.load.LoadPackage;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import java.util.List;
import java.util.Optional;

/** What became of one resource, for the report of its run. */
final class ResourceReports {
  private ResourceReports() {}

  /** A load that is committed. */
  static ResourceReport of(
      LoadPackage load, CommitResult result, long bytes, List<String> warnings) {
    LoadCounts counts = load.counts();
    return new ResourceReport(
        load.resource(),
        RunReport.Status.OK,
        Optional.empty(),
        load.loadId().value(),
        counts,
        counts.staged() - result.superseded(),
        result.superseded(),
        bytes,
        load.before().cursor(),
        load.after().cursor(),
        result.tables(),
        result.promise(),
        warnings);
  }

  /** A reading that found nothing to load. */
  static ResourceReport nothing(Task task, Extracted extracted) {
    LoadSummary summary = extracted.summary();
    return new ResourceReport(
        task.resource().name(),
        RunReport.Status.NOTHING_TO_DO,
        Optional.empty(),
        "",
        summary.counts(),
        0,
        0,
        extracted.bytes(),
        extracted.before().cursor(),
        extracted.before().cursor(),
        List.of(),
        "one-commit",
        extracted.warnings());
  }
}
