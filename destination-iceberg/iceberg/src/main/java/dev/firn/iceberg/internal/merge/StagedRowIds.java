package dev.firn.iceberg.internal.merge;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ids by number of a staged row. Takes eight bytes a row, piece by piece and only where there are
 * ids: the first pieces from the heap, further ones from a file that nobody else sees.
 */
final class StagedRowIds {
  private static final int PIECE_ROWS = 1 << 20;
  private static final int MOST_ON_HEAP = 4;

  private final long rows;
  private final int mostOnHeap;
  private final List<@Nullable LongBuffer> pieces; // id + 1, and 0 where there is none
  private int used;

  StagedRowIds(long rows) {
    this(rows, MOST_ON_HEAP);
  }

  /**
   * @param mostOnHeap pieces of 8 MiB
   */
  StagedRowIds(long rows, int mostOnHeap) {
    this.rows = rows;
    this.mostOnHeap = mostOnHeap;
    pieces = new ArrayList<>(Collections.nCopies(Math.toIntExact(rows / PIECE_ROWS + 1), null));
  }

  void set(long row, long id) {
    int number = (int) (row / PIECE_ROWS);
    LongBuffer piece = pieces.get(number);
    if (piece == null) {
      piece = piece((int) Math.min(PIECE_ROWS, rows - (long) number * PIECE_ROWS));
      pieces.set(number, piece);
    }
    piece.put((int) (row % PIECE_ROWS), id + 1);
  }

  long get(long row) {
    LongBuffer piece = pieces.get((int) (row / PIECE_ROWS));
    return piece == null ? RowIds.NONE : piece.get((int) (row % PIECE_ROWS)) - 1;
  }

  /** Whether any of the rows {@code [from, from + count)} may have one. */
  boolean anyIn(long from, long count) {
    for (long row = from; row < from + count; row += PIECE_ROWS) {
      if (pieces.get((int) (row / PIECE_ROWS)) != null) {
        return true;
      }
    }
    return count > 0 && pieces.get((int) ((from + count - 1) / PIECE_ROWS)) != null;
  }

  private LongBuffer piece(int length) {
    return used++ < mostOnHeap ? LongBuffer.allocate(length) : mapped(length);
  }

  // The mapping outlives the file's name, and goes when it is collected.
  private static LongBuffer mapped(int length) {
    try {
      Path file = Files.createTempFile("firn-row-ids", null);
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        return channel.map(MapMode.READ_WRITE, 0, (long) length * Long.BYTES).asLongBuffer();
      }
    } catch (IOException e) {
      return LongBuffer.allocate(length); // no room for files: the heap must do
    }
  }
}
