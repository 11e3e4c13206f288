package dev.firn.files;

import dev.firn.schema.SystemColumns;
import dev.firn.source.RecordSink;
import java.util.Set;

/**
 * Which columns tell where a record comes from.
 *
 * @param names of {@link #KNOWN}
 */
record FileColumns(Set<String> names) {
  static final Set<String> KNOWN =
      Set.of(SystemColumns.FILE, SystemColumns.ROW, SystemColumns.MODIFIED);

  FileColumns {
    names = Set.copyOf(names);
  }

  /** Whether records have to be counted, which takes a reading from the beginning. */
  boolean counted() {
    return names.contains(SystemColumns.ROW);
  }

  /** The same pieces, with the columns added to each record. */
  Pieces addedTo(Pieces pieces) {
    return names.isEmpty() ? pieces : new Added(pieces, this);
  }

  /** The same piece, with the columns added to each record. */
  Piece addedTo(Piece piece) {
    return names.isEmpty() ? piece : new AddedPiece(piece, this);
  }

  private record Added(Pieces pieces, FileColumns columns) implements Pieces {
    @Override
    public java.util.Optional<Piece> next() {
      return pieces.next().map(columns::addedTo);
    }

    @Override
    public void close() {
      pieces.close();
    }
  }

  private record AddedPiece(Piece piece, FileColumns columns) implements Piece {
    @Override
    public InputFile file() {
      return piece.file();
    }

    @Override
    public long bytes() {
      return piece.bytes();
    }

    @Override
    public long recordsBefore() {
      return piece.recordsBefore();
    }

    @Override
    public void read(RecordSink sink) {
      piece.read(new FileColumnsSink(sink, piece, columns));
    }
  }
}
