package dev.firn.files;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.files.internal.parse.ChunkParser;
import dev.firn.files.internal.parse.Faults;
import dev.firn.files.internal.parse.JsonLines;
import java.util.stream.LongStream;

/** Decides how each file is cut. */
final class Cutting {
  private final Tuning tuning;
  private final Faults faults;

  Cutting(Tuning tuning, Faults faults) {
    this.tuning = tuning;
    this.faults = faults;
  }

  Pieces pieces(InputFile file) {
    if (file.format() != Format.JSON_LINES || file.compression() != Compression.NONE) {
      throw new FirnException(
          ErrorCode.UNKNOWN_TYPE,
          "'" + file.name() + "' is " + file.format() + ", compression " + file.compression() + ".",
          "Only plain JSON lines are read as yet.");
    }
    long step = tuning.splitBytes();
    return Pieces.of(
        LongStream.range(0, (file.size() + step - 1) / step)
            .mapToObj(i -> lines(file, i * step, Math.min(file.size(), (i + 1) * step)))
            .iterator());
  }

  /** The lines that begin in {@code [start, end)}. */
  Piece lines(InputFile file, long start, long end) {
    return new LinesPiece(file, start, end, tuning, faults, this::lineParser);
  }

  private ChunkParser lineParser() {
    return new JsonLines(tuning.limits(), faults);
  }
}
