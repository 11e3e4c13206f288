package dev.firn.files;

import dev.firn.files.internal.parse.Faults;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One reading: the splits of one file after the other. */
final class FilesStream implements SplitStream {
  private final Tracking tracking;
  private final List<String> warnings;
  private final List<String> recordless = new ArrayList<>();
  private final Faults faults;
  private final LongPredicate wanted;
  private final Cutting cutting;
  private final Map<String, Long> pieceCounts;
  private final Iterator<InputFile> files;
  private @Nullable InputFile file;
  private @Nullable Pieces pieces;
  private long firstOfFile;
  private long ordinal;

  /**
   * @param pieceCounts how many pieces each file has, as far as it was read before; added to
   */
  FilesStream(
      Tracking tracking,
      List<String> warnings,
      Faults faults,
      LongPredicate wanted,
      Cutting cutting,
      Map<String, Long> pieceCounts) {
    this.tracking = tracking;
    this.warnings = warnings;
    this.faults = faults;
    this.wanted = wanted;
    this.cutting = cutting;
    this.pieceCounts = pieceCounts;
    this.files = tracking.files().iterator();
  }

  @Override
  public Optional<Split> next() {
    while (true) {
      Optional<Piece> piece = nextPiece();
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      long place = ordinal++;
      if (wanted.test(place)) {
        return Optional.of(piece.get().split(place));
      }
    }
  }

  private Optional<Piece> nextPiece() {
    while (true) {
      Pieces from = pieces == null ? nextFile() : pieces;
      if (from == null) {
        return Optional.empty();
      }
      Optional<Piece> piece = from.next();
      if (piece.isPresent()) {
        return piece;
      }
      if (file != null) {
        finished(file, ordinal - firstOfFile);
      }
      close();
    }
  }

  // A header alone, or a record path that leads nowhere.
  private void finished(InputFile done, long count) {
    pieceCounts.put(done.name(), count);
    if (count == 0 && !done.isEmpty()) {
      recordless.add(cutting.noRecordsIn(done));
    }
  }

  /** Opens the next file with a wanted piece in it. */
  private @Nullable Pieces nextFile() {
    while (files.hasNext()) {
      InputFile next = files.next();
      Long count = pieceCounts.get(next.name());
      if (count != null && LongStream.range(ordinal, ordinal + count).noneMatch(wanted)) {
        ordinal += count;
        continue;
      }
      file = next;
      firstOfFile = ordinal;
      pieces = cutting.pieces(next);
      return pieces;
    }
    return null;
  }

  @Override
  public Optional<String> tracking(Set<String> leftOut) {
    return tracking.state(leftOut);
  }

  @Override
  public boolean unchanged() {
    return tracking.files().isEmpty();
  }

  @Override
  public List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(recordless);
    all.addAll(cutting.doubts());
    all.addAll(faults.leftOut());
    return all;
  }

  @Override
  public void close() {
    if (pieces != null) {
      pieces.close();
      pieces = null;
    }
  }
}
