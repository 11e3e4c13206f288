package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of a process and those it started, from Linux's /proc. Follows what a process's main
 * thread started, which is all that shells and launchers do.
 */
final class ProcessTree {
  private ProcessTree() {}

  /** The largest high-water mark of resident memory in the tree; 0 where there is no /proc. */
  static long largestPeakKibibytes(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      long peak = peakKibibytes(process.resolve("status"));
      String children = Files.readString(process.resolve("task/" + pid + "/children")).strip();
      if (!children.isEmpty()) {
        for (String child : children.split(" ", -1)) {
          peak = Math.max(peak, largestPeakKibibytes(Long.parseLong(child)));
        }
      }
      return peak;
    } catch (IOException e) {
      return 0; // it ended between two looks, or this is not Linux
    }
  }

  private static long peakKibibytes(Path status) throws IOException {
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
