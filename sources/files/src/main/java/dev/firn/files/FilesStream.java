package dev.firn.files;

import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** One reading: the splits of one file after the other. */
final class FilesStream implements SplitStream {
  private final Listing listing;
  private final LongPredicate wanted;
  private final Cutting cutting;
  private final Iterator<InputFile> files;
  private @Nullable Pieces pieces;
  private long ordinal;

  FilesStream(Listing listing, LongPredicate wanted, Cutting cutting) {
    this.listing = listing;
    this.wanted = wanted;
    this.cutting = cutting;
    this.files = listing.files().iterator();
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
      if (pieces == null) {
        if (!files.hasNext()) {
          return Optional.empty();
        }
        pieces = cutting.pieces(files.next());
      }
      Optional<Piece> piece = pieces.next();
      if (piece.isPresent()) {
        return piece;
      }
      close();
    }
  }

  @Override
  public List<String> warnings() {
    return listing.warnings();
  }

  @Override
  public void close() {
    if (pieces != null) {
      pieces.close();
      pieces = null;
    }
  }
}
