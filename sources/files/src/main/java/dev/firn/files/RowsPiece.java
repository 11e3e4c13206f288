package dev.firn.files;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.files.internal.parse.Chunk;
import dev.firn.files.internal.parse.ChunkParser;
import dev.firn.files.internal.parse.CsvBoundaries;
import dev.firn.files.internal.parse.Faults;
import dev.firn.source.RecordSink;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** The rows of a plain CSV file in {@code [start, end)}, where a row begins and one ends. */
record RowsPiece(
    InputFile file,
    long start,
    long end,
    Tuning tuning,
    Faults faults,
    CsvBoundaries boundaries,
    Supplier<? extends ChunkParser> parser)
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
      ChunkParser rows = parser.get();
      window.moveTo(start);
      while (window.offset() < end) {
        window.fill(end);
        long mine = end - window.offset();
        int cut =
            mine <= window.length()
                ? (int) mine
                : boundaries.lastEnd(window.bytes(), 0, window.length());
        if (cut > 0) {
          rows.parse(new Chunk(window.bytes(), 0, cut, window.origin()), sink);
          window.drop(cut);
        } else if (window.length() < tuning.mostBytes()) {
          window.grow(tuning.mostBytes());
        } else {
          sink.beginRecord(window.offset());
          faults.report(tooLong(window), sink);
          return;
        }
      }
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
  }

  private FirnException tooLong(Window window) {
    return new FirnException(
            ErrorCode.LIMIT_EXCEEDED,
            "a row of more than "
                + tuning.limits().lineBytes()
                + " bytes (limits.line-bytes); the rest of the file is not read",
            "Look for a quote that is not closed, or raise limits.line-bytes.")
        .at(new Chunk(window.bytes(), 0, 0, window.origin()).place(0));
  }
}
