package dev.firn.iceberg.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.pipeline.RunReport;

/** What reports of runs must say. */
final class Reports {
  private Reports() {}

  static void checkCounts(RunReport report) {
    report
        .resources()
        .forEach(
            resource -> {
              var counts = resource.counts();
              assertThat(
                      resource.loaded()
                          + counts.quarantined()
                          + counts.discarded()
                          + counts.boundary()
                          + counts.outOfWindow()
                          + resource.superseded())
                  .as("every record is counted once: %s", resource)
                  .isEqualTo(counts.read());
            });
  }

  static void checkFailure(RunReport report, Step.Weather weather) {
    ErrorCode code = report.error().orElseThrow().code();
    assertThat(weather.fair()).as("failed in fair weather: %s", report.error()).isFalse();
    assertThat(code).as("%s", report.error()).isNotEqualTo(ErrorCode.BUG);
  }
}
