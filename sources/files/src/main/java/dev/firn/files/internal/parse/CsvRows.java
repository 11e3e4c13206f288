package dev.firn.files.internal.parse;

import static dev.firn.files.internal.parse.Words.HIGH;
import static dev.firn.files.internal.parse.Words.ONES;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.RecordLimits;
import dev.firn.source.RecordSink;
import java.util.Arrays;

/**
 * Rows of cells (RFC 4180, with its freedoms used kindly): a quote within an unquoted cell is text,
 * a blank line is no row, CR belongs to a line's end only before LF or at the end of all.
 */
public final class CsvRows implements ChunkParser {
  private static final byte TEXT = 0;
  private static final byte END = 1;
  private static final byte ABOVE_ASCII = 2;
  private static final byte ESCAPE = 3;

  private final CsvDialect dialect;
  private final CsvBoundaries boundaries;
  private final Key[] keys;
  private final RecordLimits limits;
  private final Faults faults;

  /** What each byte is to an unquoted cell. */
  private final byte[] kinds = new byte[256];

  private final byte delimiter;
  private final byte quote;
  private final long quotes;
  private byte[] text = new byte[256];
  private int length;
  private int at;

  public CsvRows(CsvDialect dialect, Key[] keys, RecordLimits limits, Faults faults) {
    this.dialect = dialect;
    this.boundaries = new CsvBoundaries(dialect);
    this.keys = keys.clone();
    this.limits = limits;
    this.faults = faults;
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote();
    this.quotes = ONES * quote;
    Arrays.fill(kinds, 128, 256, ABOVE_ASCII);
    if (dialect.escape() != CsvDialect.NONE) {
      kinds[dialect.escape()] = ESCAPE;
    }
    kinds['\n'] = END;
    kinds[delimiter] = END;
  }

  @Override
  public void parse(Chunk chunk, RecordSink sink) {
    byte[] b = chunk.bytes();
    int to = chunk.to();
    byte kept = b[to];
    byte keptToo = b[to + 1];
    // an unquoted cell ends at the newline, a quoted one at the quote: no loop asks for the end
    b[to] = '\n';
    b[to + 1] = quote;
    try {
      int i = chunk.from();
      while (i < to) {
        if (b[i] == '\n') {
          i++;
        } else if (b[i] == '\r' && b[i + 1] == '\n') {
          i += 2;
        } else {
          i = row(chunk, i, sink);
        }
      }
    } finally {
      b[to] = kept;
      b[to + 1] = keptToo;
    }
  }

  private int row(Chunk chunk, int start, RecordSink sink) {
    try {
      sink.beginRecord(chunk.position(start));
      sink.beginObject();
      int end = cells(chunk.bytes(), start, chunk.to(), sink);
      sink.endObject();
      if (end - start > limits.lineBytes()) {
        throw Malformed.limit(
            start, "a row of more than " + limits.lineBytes() + " bytes (limits.line-bytes)");
      }
      sink.endRecord();
      return end;
    } catch (Malformed e) {
      faults.report(chunk.failure(e), sink);
    } catch (FirnException e) {
      faults.report(chunk.failure(e, at), sink);
    }
    int end = boundaries.end(chunk.bytes(), start, chunk.to());
    return end < 0 ? chunk.to() : end;
  }

  private int cells(byte[] b, int start, int to, RecordSink sink) {
    int i = start;
    for (int column = 0; ; column++) {
      at = i;
      if (column == keys.length) {
        throw Malformed.because(
            i, "found a cell number " + (column + 1) + " in a row of " + keys.length + " columns");
      }
      sink.key(keys[column]);
      i = b[i] == quote ? quoted(b, i, to, sink) : plain(b, i, sink);
      if (b[i] != delimiter) {
        if (column < keys.length - 1) {
          sink.padded();
        }
        return i + 1;
      }
      i++;
    }
  }

  /** Sends an unquoted cell; returns the index of the delimiter or newline after it. */
  private int plain(byte[] b, int start, RecordSink sink) {
    int i = start;
    while (true) {
      byte kind = kinds[b[i] & 0xff];
      if (kind == TEXT) {
        i++;
      } else if (kind == END) {
        break;
      } else if (kind == ABOVE_ASCII) {
        i = sequence(b, i);
      } else {
        return escaped(b, start, i, sink);
      }
    }
    int end = b[i] == '\n' && i > start && b[i - 1] == '\r' ? i - 1 : i;
    if (dialect.isNull(b, start, end)) {
      sink.nothing();
    } else {
      bound(start, end - start);
      sink.cell(b, start, end);
    }
    return i;
  }

  private int escaped(byte[] b, int start, int first, RecordSink sink) {
    length = 0;
    int i = start;
    int stop = first;
    while (true) {
      append(b, i, stop);
      bound(start, length);
      byte kind = kinds[b[stop] & 0xff];
      if (kind == END) {
        break;
      }
      i = stop;
      if (kind == ESCAPE) {
        i++;
        stop = b[i] < 0 ? sequence(b, i) : i + 1;
      } else if (kind == ABOVE_ASCII) {
        stop = sequence(b, i);
      } else {
        stop = i + 1;
      }
    }
    boolean carriageReturn = b[stop] == '\n' && length > 0 && b[stop - 1] == '\r';
    sink.cell(text, 0, carriageReturn ? length - 1 : length);
    return stop;
  }

  /** Sends a quoted cell; returns the index of the delimiter or newline after it. */
  private int quoted(byte[] b, int open, int to, RecordSink sink) {
    int close = mark(b, open + 1, open, to);
    int end;
    if (b[close] == quote && b[close + 1] != quote) {
      bound(open, close - open - 1);
      sink.cell(b, open + 1, close);
      end = close + 1;
    } else {
      end = unquoted(b, open, close, to);
      sink.cell(text, 0, length);
    }
    if (b[end] == '\r' && b[end + 1] == '\n') {
      end++;
    }
    if (b[end] != delimiter && b[end] != '\n') {
      throw Malformed.expected(end, "a delimiter or the end of the row after a quoted cell");
    }
    return end;
  }

  /** Gathers a quoted cell with doubled quotes or escapes; returns the index after it. */
  private int unquoted(byte[] b, int open, int first, int to) {
    length = 0;
    int i = open + 1;
    int stop = first;
    while (true) {
      append(b, i, stop);
      bound(open, length);
      boolean quoteHere = b[stop] == quote;
      if (quoteHere && b[stop + 1] != quote) {
        return stop + 1;
      }
      // what is doubled or escaped is text itself
      i = stop + 1;
      int after = b[i] < 0 ? sequence(b, i) : i + 1;
      stop = mark(b, after, open, to);
    }
  }

  /** The first quote or escape at or after {@code i}; what lies before is checked. */
  private int mark(byte[] b, int from, int open, int to) {
    int i = from;
    while (i <= to) {
      long w = Words.at(b, i);
      long q = w ^ quotes;
      long marks = (((q - ONES) & ~q) | w) & HIGH;
      if (dialect.escape() != CsvDialect.NONE) {
        marks |= Words.zeros(w ^ (ONES * dialect.escape()));
      }
      if (marks == 0) {
        i += 8;
        continue;
      }
      i += Words.before(marks);
      if (b[i] >= 0) {
        break;
      }
      i = sequence(b, i);
    }
    if (i >= to) {
      throw Malformed.because(open, "a quoted cell begins that is not closed");
    }
    return i;
  }

  private static int sequence(byte[] b, int i) {
    int next = Utf8.after(b, i);
    if (next < 0) {
      throw Malformed.because(i, String.format("byte 0x%02X is no valid UTF-8 here", b[i]));
    }
    return next;
  }

  private void append(byte[] b, int from, int to) {
    if (text.length - length < to - from) {
      text = Arrays.copyOf(text, Math.max(length + to - from, 2 * text.length));
    }
    System.arraycopy(b, from, text, length, to - from);
    length += to - from;
  }

  private void bound(int cell, int bytes) {
    if (bytes > limits.stringBytes()) {
      throw Malformed.limit(
          cell, "a cell of more than " + limits.stringBytes() + " bytes (limits.string-bytes)");
    }
  }
}
