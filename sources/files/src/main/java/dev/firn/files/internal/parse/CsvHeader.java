package dev.firn.files.internal.parse;

import dev.firn.error.FirnException;
import dev.firn.source.Key;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The names of a file's columns. */
public final class CsvHeader {
  private final CsvDialect dialect;
  private final boolean named;
  private final KeyRing ring;
  private final Consumer<String> onlyName;

  /**
   * @param named whether the first row holds the names; else they are {@code c1}, {@code c2}, ...
   * @param onlyName is told the name of a file with a single column
   */
  public CsvHeader(CsvDialect dialect, boolean named, KeyRing ring, Consumer<String> onlyName) {
    this.dialect = dialect;
    this.named = named;
    this.ring = ring;
    this.onlyName = onlyName;
  }

  /** Whether the first row is no data. */
  public boolean isRow() {
    return named;
  }

  /**
   * Reads the names from a file's first row.
   *
   * @throws FirnException {@code MALFORMED_DATA} for a name that comes twice or is no UTF-8
   */
  public Key[] keys(Chunk firstRow) {
    try {
      return named ? names(firstRow) : numbered(cells(firstRow).size());
    } catch (Malformed e) {
      throw firstRow.failure(e);
    }
  }

  private Key[] numbered(int columns) {
    Key[] keys = new Key[columns];
    for (int i = 0; i < columns; i++) {
      keys[i] = ring.key("c" + (i + 1));
    }
    return keys;
  }

  private Key[] names(Chunk row) {
    Set<String> seen = new HashSet<>();
    List<Cell> cells = cells(row);
    for (Cell cell : cells) {
      int carriageReturn = cell.text().indexOf('\r');
      if (carriageReturn >= 0) {
        throw Malformed.because(
            cell.at(),
            "found a carriage return after '%s' in the header; rows end in LF or CRLF"
                .formatted(cell.text().substring(0, carriageReturn)));
      }
      if (!seen.add(cell.text())) {
        throw Malformed.because(cell.at(), "the header names column '" + cell.text() + "' twice");
      }
    }
    if (cells.size() == 1) {
      onlyName.accept(cells.get(0).text());
    }
    return cells.stream().map(cell -> ring.key(cell.text())).toArray(Key[]::new);
  }

  private record Cell(int at, String text) {}

  /** Cuts one row, without haste. */
  private List<Cell> cells(Chunk row) {
    byte[] b = row.bytes();
    int to = end(b, row.from(), row.to());
    List<Cell> cells = new ArrayList<>();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int i = row.from();
    while (true) {
      int begin = i;
      i = cell(b, begin, to, text);
      cells.add(new Cell(begin, decoded(text, begin)));
      if (i >= to) {
        return cells;
      }
      i++;
    }
  }

  /** Puts a cell's content into the text; returns the index of the delimiter after it. */
  private int cell(byte[] b, int begin, int to, ByteArrayOutputStream text) {
    text.reset();
    boolean quoted = begin < to && b[begin] == dialect.quote();
    int i = quoted ? begin + 1 : begin;
    for (; i < to; i++) {
      boolean quote = quoted && b[i] == dialect.quote();
      if (quote && (i + 1 == to || b[i + 1] != dialect.quote())) {
        quoted = false;
        continue;
      }
      if (!quoted && b[i] == dialect.delimiter()) {
        break;
      }
      if (quote || (b[i] == dialect.escape() && i + 1 < to)) {
        i++;
      }
      text.write(b[i]);
    }
    return i;
  }

  private static int end(byte[] b, int from, int to) {
    int end = to;
    end -= end > from && b[end - 1] == '\n' ? 1 : 0;
    end -= end > from && b[end - 1] == '\r' ? 1 : 0;
    return end;
  }

  private static String decoded(ByteArrayOutputStream text, int at) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(text.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw Malformed.because(at, "the name of a column is no valid UTF-8");
    }
  }
}
