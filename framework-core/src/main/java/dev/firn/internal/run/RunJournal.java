package dev.firn.internal.run;

import dev.firn.pipeline.RunReport.ResourceReport;
import java.util.ArrayList;
import java.util.List;

/** What a run notes for its report; its loads may be on several threads. */
final class RunJournal {
  private final List<ResourceReport> reports = new ArrayList<>();
  private final List<String> finished = new ArrayList<>();
  private final List<String> discarded = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  synchronized void report(ResourceReport report) {
    reports.add(report);
  }

  /** Notes that a load of an earlier run was committed. */
  synchronized void finished(String loadId) {
    finished.add(loadId);
  }

  /** Notes that a load was dropped. */
  synchronized void discarded(String loadId) {
    discarded.add(loadId);
  }

  synchronized void warn(String warning) {
    warnings.add(warning);
  }

  synchronized List<ResourceReport> reports() {
    return List.copyOf(reports);
  }

  synchronized List<String> finished() {
    return List.copyOf(finished);
  }

  synchronized List<String> discarded() {
    return List.copyOf(discarded);
  }

  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }
}
