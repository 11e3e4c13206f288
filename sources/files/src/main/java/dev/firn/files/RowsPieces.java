package dev.firn.files;

import dev.firn.error.FirnException;
import dev.firn.files.internal.parse.Chunk;
import dev.firn.files.internal.parse.CsvBoundaries;
import dev.firn.files.internal.parse.CsvCutter;
import dev.firn.files.internal.parse.CsvDialect;
import dev.firn.files.internal.parse.CsvHeader;
import dev.firn.files.internal.parse.CsvRows;
import dev.firn.files.internal.parse.Faults;
import dev.firn.source.Key;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a plain CSV file at ends of rows, ahead of the parsing threads. The search looks at quotes
 * and newlines only, at several times the speed of parsing, and starts at the beginning: so the
 * cuts are right by construction and no guess has to be taken back.
 */
final class RowsPieces implements Pieces {
  private final InputFile file;
  private final Tuning tuning;
  private final Faults faults;
  private final CsvDialect dialect;
  private final CsvHeader header;
  private final CsvBoundaries boundaries;
  private @Nullable Window window;
  private Key[] keys = {};
  private long start;
  private boolean done;

  RowsPieces(InputFile file, Tuning tuning, Faults faults, CsvDialect dialect, CsvHeader header) {
    this.file = file;
    this.tuning = tuning;
    this.faults = faults;
    this.dialect = dialect;
    this.header = header;
    this.boundaries = new CsvBoundaries(dialect);
  }

  @Override
  public Optional<Piece> next() {
    if (done) {
      return Optional.empty();
    }
    try {
      Window at = window == null ? open() : window;
      if (start >= file.size()) {
        done = true;
        return Optional.empty();
      }
      return Optional.of(piece(start, cut(at)));
    } catch (FirnException e) {
      done = true;
      return Optional.of(new FaultPiece(file, e, faults));
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
  }

  /** The rows that begin and end in {@code [from, to)}. */
  private Piece piece(long from, long to) {
    start = to;
    return new RowsPiece(file, from, to, tuning, faults, boundaries, this::rows);
  }

  CsvRows rows() {
    return new CsvRows(dialect, keys, tuning.limits(), faults);
  }

  /** Reads the names; returns where the rows begin. */
  long begin() throws IOException {
    if (window == null) {
      open();
    }
    return start;
  }

  private Window open() throws IOException {
    Window at = new Window(file, tuning.windowBytes());
    window = at;
    at.toFirstLine();
    int first = 0;
    int end = -1;
    while (end < 0) {
      at.fill(at.offset() + tuning.windowBytes());
      first = CsvCutter.blankLines(at.bytes(), 0, at.length());
      end = boundaries.end(at.bytes(), first, at.length());
      if (end < 0 && (at.atEnd() || at.length() >= tuning.mostBytes())) {
        end = at.length();
      } else if (end < 0) {
        at.grow(tuning.mostBytes());
      }
    }
    start = at.offset() + first;
    if (first < end) {
      at.drop(first);
      keys = header.keys(new Chunk(at.bytes(), 0, end - first, at.origin()));
    }
    if (header.isRow()) {
      at.drop(end - first);
      start = at.offset();
    }
    return at;
  }

  /** Where a piece that begins at {@link #start} ends: after a row, or at the end of the file. */
  private long cut(Window at) throws IOException {
    long enough = start + tuning.splitBytes();
    while (at.offset() < enough) {
      at.fill(at.offset() + tuning.windowBytes());
      int rows = at.atEnd() ? at.length() : boundaries.lastEnd(at.bytes(), 0, at.length());
      at.drop(rows);
      if (at.offset() >= file.size()) {
        break;
      }
      if (rows == 0) {
        if (at.length() >= tuning.mostBytes()) {
          // the parser says what is wrong here
          return file.size();
        }
        at.grow(tuning.mostBytes());
      }
    }
    return at.offset();
  }

  @Override
  public void close() {
    try {
      if (window != null) {
        window.close();
      }
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
  }
}
