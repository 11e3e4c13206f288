package dev.firn.internal.run;

import dev.firn.internal.normalize.LoadSummary;
import dev.firn.internal.run.ResourceRun.Extracted;
import dev.firn.load.CommitResult;
import dev.firn.load.LoadCounts;
import dev.firn.load.LoadPackage;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of one resource, for the report of its run. */
final class ResourceReports {
  /** From so many records of a known key on, and from this share on, the key is asked about. */
  private static final long MANY = 10;

  private static final long PERCENT = 10;

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
        Stream.concat(warnings.stream(), sharedKeys(load, result.superseded()).stream()).toList(),
        Optional.empty(),
        Optional.empty());
  }

  /** A key that many records of one load share may be too short to tell them apart. */
  private static Optional<String> sharedKeys(LoadPackage load, long superseded) {
    long staged = load.counts().staged();
    boolean many = superseded >= MANY && superseded * 100 >= PERCENT * staged;
    return many && load.rules().dedupSort().isEmpty()
        ? Optional.of(
            "%d of %d records share their key (%s) with a later record of the load, which replaced them. If they are not versions of one thing, choose a longer primary-key; if they are, dedup-sort says which one stays."
                .formatted(superseded, staged, String.join(", ", load.key())))
        : Optional.empty();
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
        extracted.warnings(),
        extracted.contract(),
        Optional.empty());
  }
}
