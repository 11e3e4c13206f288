package dev.firn.files;

import dev.firn.files.Cutting.Stretches;
import dev.firn.source.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Short stretches at even distances over all bytes of all files. A file that can be read from its
 * beginning only gives its beginning, if a stretch would fall into it.
 */
final class Samples {
  private final List<InputFile> files;
  private final Cutting cutting;
  private final Tuning tuning;
  private final List<Split> splits = new ArrayList<>();

  Samples(List<InputFile> files, Cutting cutting, Tuning tuning) {
    this.files = files.stream().filter(InputFile::regular).toList();
    this.cutting = cutting;
    this.tuning = tuning;
  }

  List<Split> splits() {
    long total = files.stream().mapToLong(InputFile::size).sum();
    long distance = Math.max(tuning.sampleBytes(), total / tuning.samples());
    long before = 0;
    long next = 0;
    for (InputFile file : files) {
      if (next < before + file.size()) {
        next = sample(file, before, next, distance);
      }
      before += file.size();
    }
    return splits;
  }

  /** Takes the file's samples; returns where the next one after the file is due. */
  private long sample(InputFile file, long before, long first, long distance) {
    Optional<Stretches> stretches = cutting.stretches(file);
    if (stretches.isEmpty()) {
      beginning(file).ifPresent(this::add);
    }
    long next = first;
    long taken = 0;
    while (next < before + file.size()) {
      // the last one begins earlier, to be a whole one, but holds nothing twice
      long whole = Math.min(next - before, file.size() - tuning.sampleBytes());
      long start = Math.max(taken, whole);
      long end = Math.min(file.size(), start + tuning.sampleBytes());
      taken = end;
      stretches.ifPresent(from -> add(from.of(start, end)));
      next += distance;
    }
    return next;
  }

  private void add(Piece piece) {
    splits.add(piece.split(splits.size()));
  }

  private Optional<Piece> beginning(InputFile file) {
    try (Pieces pieces = cutting.stream(file)) {
      return pieces.next();
    }
  }
}
