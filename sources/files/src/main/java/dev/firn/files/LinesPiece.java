package dev.firn.files;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.files.internal.parse.Chunk;
import dev.firn.files.internal.parse.ChunkParser;
import dev.firn.files.internal.parse.Faults;
import dev.firn.files.internal.parse.Words;
import dev.firn.source.RecordSink;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The lines of a plain file that begin in {@code [start, end)}; the last may reach beyond. So cuts
 * need no look at the file, and every line has one owner.
 */
record LinesPiece(
    InputFile file,
    long start,
    long end,
    Tuning tuning,
    Faults faults,
    Supplier<ChunkParser> parser)
    implements Piece {
  @Override
  public long bytes() {
    return end - start;
  }

  @Override
  public String place(long position) {
    return file.name() + ":" + (1 + new FileOrigin(file, position).lines());
  }

  @Override
  public Optional<String> text(long position) {
    return Optional.of(RecordText.at(file, position));
  }

  @Override
  public void read(RecordSink sink) {
    try (Window window = new Window(file, tuning.windowBytes())) {
      if (start > 0) {
        window.toLine(start, end);
        read(window, end, sink);
      } else {
        window.toFirstLine();
        // the first line is this piece's, even where a byte-order mark fills all of it
        read(window, Math.max(end, window.offset() + 1), sink);
      }
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
  }

  private void read(Window window, long until, RecordSink sink) throws IOException {
    ChunkParser lines = parser.get();
    while (window.offset() < Math.min(until, file.size())) {
      int cut = cut(window, until);
      if (cut > 0) {
        lines.parse(new Chunk(window.bytes(), 0, cut, window.origin()), sink);
        window.drop(cut);
      } else if (window.length() < tuning.mostBytes()) {
        window.grow(tuning.mostBytes());
      } else {
        sink.beginRecord(window.offset());
        faults.report(tooLong(window), sink);
        window.toLine(window.offset() + 1, until);
      }
    }
  }

  /** How many of the window's bytes are whole lines that begin before {@code until}. */
  private static int cut(Window window, long until) throws IOException {
    window.fill(until);
    long mine = until - window.offset();
    if (window.length() >= mine) {
      int newline = Words.newline(window.bytes(), (int) mine - 1, window.length());
      if (newline >= 0) {
        return newline + 1;
      }
    }
    if (window.atEnd()) {
      return window.length();
    }
    return 1 + Words.lastNewline(window.bytes(), 0, window.length());
  }

  private FirnException tooLong(Window window) {
    return new FirnException(
            ErrorCode.LIMIT_EXCEEDED,
            "a line of more than " + tuning.limits().lineBytes() + " bytes (limits.line-bytes)",
            "Split the record, or raise limits.line-bytes.")
        .at(new Chunk(window.bytes(), 0, 0, window.origin()).place(0));
  }
}
