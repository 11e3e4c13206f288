package dev.firn.bench.compare;

import java.util.List;
import java.util.Locale;

/** Builds the report, Markdown that can go into a page as it is. */
final class Report {
  private final StringBuilder text = new StringBuilder();

  Report heading(String heading) {
    text.append("\n## ").append(heading).append("\n\n");
    return this;
  }

  Report line(String line) {
    text.append(line).append('\n');
    return this;
  }

  Report tableHeader() {
    return line("| input | run | wall s | min - max | CPU s | MB/s | peak MiB | Parquet MB | wall ratio | CPU ratio |")
        .line("|---|---|---|---|---|---|---|---|---|---|");
  }

  /**
   * One row a series; ratios are those to the first series, above 1 when the first one is faster.
   *
   * @param megabytes the input's size
   */
  Report rows(String input, double megabytes, List<Series> all) {
    for (Series series : all) {
      double wall = series.median(Measurement::wallSeconds);
      line(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.2f | %.2f - %.2f | %.2f | %.0f | %.0f | %.1f | %.2f | %.2f |",
              input,
              series.name(),
              wall,
              series.least(Measurement::wallSeconds),
              series.most(Measurement::wallSeconds),
              series.median(Measurement::cpuSeconds),
              megabytes / wall,
              series.median(Measurement::peakMebibytes),
              series.median(Measurement::outputBytes) / 1e6,
              series.medianRatioTo(all.get(0), Measurement::wallSeconds),
              series.medianRatioTo(all.get(0), Measurement::cpuSeconds)));
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
