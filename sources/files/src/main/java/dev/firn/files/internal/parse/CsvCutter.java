package dev.firn.files.internal.parse;

import dev.firn.source.Key;
import dev.firn.source.RecordLimits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts after rows; the first gives the names. */
public final class CsvCutter implements Cutter {
  private final CsvDialect dialect;
  private final CsvHeader header;
  private final RecordLimits limits;
  private final Faults faults;
  private final CsvBoundaries boundaries;
  private Key @Nullable [] keys;

  public CsvCutter(CsvDialect dialect, CsvHeader header, RecordLimits limits, Faults faults) {
    this.dialect = dialect;
    this.header = header;
    this.limits = limits;
    this.faults = faults;
    this.boundaries = new CsvBoundaries(dialect);
  }

  @Override
  public Cut cut(byte[] b, int to, boolean last, Origin origin) {
    Key[] known = keys;
    if (known == null) {
      return first(b, to, last, origin);
    }
    int used = last ? to : boundaries.lastEnd(b, 0, to);
    return new Cut(used, Optional.of(new CsvRows(dialect, known, limits, faults)));
  }

  private Cut first(byte[] b, int to, boolean last, Origin origin) {
    int start = blankLines(b, 0, to);
    int end = boundaries.end(b, start, to);
    if (end < 0 && !last) {
      return new Cut(0, Optional.empty());
    }
    if (start == to) {
      return new Cut(to, Optional.empty());
    }
    int row = end < 0 ? to : end;
    Origin there = ((Origin.Counted) origin).after(b, 0, start);
    keys = header.keys(new Chunk(b, start, row, there));
    return header.isRow() ? new Cut(row, Optional.empty()) : cut(b, to, last, origin);
  }

  @Override
  public long records(byte[] bytes, int used) {
    long count = 0;
    for (int i = blankLines(bytes, 0, used); i < used; i = blankLines(bytes, i, used)) {
      int end = boundaries.end(bytes, i, used);
      i = end < 0 ? used : end;
      count++;
    }
    return count;
  }

  /** The index after lines that hold nothing. */
  public static int blankLines(byte[] b, int from, int to) {
    int i = from;
    while (i < to && (b[i] == '\n' || b[i] == '\r')) {
      i++;
    }
    return i;
  }
}
