package dev.firn.files;

import dev.firn.source.RecordSink;
import dev.firn.source.Split;
import java.util.Optional;

/** A split that does not yet know its ordinal. */
interface Piece {
  InputFile file();

  long bytes();

  /** Records of the file before this piece, where they were counted; else 0. */
  default long recordsBefore() {
    return 0;
  }

  /** As {@link Split#read}. */
  void read(RecordSink sink);

  /** As {@link Split#place}. */
  default String place(long position) {
    return file().name() + ", byte " + position;
  }

  /** As {@link Split#text}. */
  default Optional<String> text(long position) {
    return Optional.empty();
  }

  default Split split(long ordinal) {
    return new Numbered(ordinal, this);
  }

  /** A piece with its place. */
  record Numbered(long ordinal, Piece piece) implements Split {
    @Override
    public String group() {
      return piece.file().name();
    }

    @Override
    public long bytes() {
      return piece.bytes();
    }

    @Override
    public String place(long position) {
      return piece.place(position);
    }

    @Override
    public Optional<String> text(long position) {
      return piece.text(position);
    }

    @Override
    public void read(RecordSink sink) {
      piece.read(sink);
    }
  }
}
