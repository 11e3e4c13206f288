package dev.firn.files;

import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.List;

/** Short stretches at even distances over all bytes of all files. */
final class Samples {
  private final List<InputFile> files;
  private final Cutting cutting;
  private final Tuning tuning;

  Samples(List<InputFile> files, Cutting cutting, Tuning tuning) {
    this.files = files.stream().filter(InputFile::regular).toList();
    this.cutting = cutting;
    this.tuning = tuning;
  }

  List<Split> splits() {
    long total = files.stream().mapToLong(InputFile::size).sum();
    long distance = Math.max(tuning.sampleBytes(), total / tuning.samples());
    List<Split> splits = new ArrayList<>();
    long before = 0;
    long next = 0;
    for (InputFile file : files) {
      while (next < before + file.size()) {
        long last = file.size() - tuning.sampleBytes();
        long start = Math.max(0, Math.min(next - before, last));
        long end = Math.min(file.size(), start + tuning.sampleBytes());
        splits.add(cutting.lines(file, start, end).split(splits.size()));
        next += distance;
      }
      before += file.size();
    }
    return splits;
  }
}
