package dev.firn.files.internal.parse;

/**
 * Finds where rows end: at newlines outside quotes. A quote opens a quoted cell only where a cell
 * begins; the search starts where a row begins, so nothing is guessed.
 */
public final class CsvBoundaries {
  private final CsvDialect dialect;

  public CsvBoundaries(CsvDialect dialect) {
    this.dialect = dialect;
  }

  /** The index after the last row that ends in {@code [from, to)}, or {@code from}. */
  public int lastEnd(byte[] b, int from, int to) {
    return dialect.escape() == CsvDialect.NONE ? lastEndByQuotes(b, from, to) : byRows(b, from, to);
  }

  private int byRows(byte[] b, int from, int to) {
    int last = from;
    for (int end = end(b, from, to); end >= 0; end = end(b, end, to)) {
      last = end;
    }
    return last;
  }

  /** Goes from quote to quote, for most rows have none. */
  private int lastEndByQuotes(byte[] b, int from, int to) {
    int last = from;
    int i = from;
    while (true) {
      int quote = Words.find(b, i, to, dialect.quote());
      int newline = Words.lastNewline(b, i, quote < 0 ? to : quote);
      if (newline >= 0) {
        last = newline + 1;
      }
      if (quote < 0) {
        return last;
      }
      i = quote + 1;
      if (beginsCell(b, from, quote)) {
        i = closed(b, i, to);
        if (i < 0) {
          return last;
        }
      }
    }
  }

  private boolean beginsCell(byte[] b, int from, int i) {
    return i == from || b[i - 1] == dialect.delimiter() || b[i - 1] == '\n';
  }

  /** The index after the row that begins at {@code from}, or -1 if {@code to} comes first. */
  public int end(byte[] b, int from, int to) {
    int i = from;
    boolean begins = true;
    while (i < to) {
      byte c = b[i];
      if (begins && c == dialect.quote()) {
        i = closed(b, i + 1, to);
        if (i < 0) {
          return -1;
        }
        begins = false;
        continue;
      }
      i++;
      if (c == '\n') {
        return i;
      }
      begins = c == dialect.delimiter();
      if (c == dialect.escape()) {
        i++;
      }
    }
    return -1;
  }

  /** The index after the quote that closes the cell whose text begins at {@code i}, or -1. */
  private int closed(byte[] b, int i, int to) {
    int k = i;
    while (k < to) {
      byte c = b[k++];
      if (c == dialect.escape()) {
        k++;
      } else if (c == dialect.quote()) {
        if (k == to) {
          return -1;
        }
        if (b[k] != dialect.quote()) {
          return k;
        }
        k++;
      }
    }
    return -1;
  }
}
