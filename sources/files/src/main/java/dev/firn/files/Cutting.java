package dev.firn.files;

import dev.firn.files.internal.parse.ChunkParser;
import dev.firn.files.internal.parse.Cutter;
import dev.firn.files.internal.parse.Faults;
import dev.firn.files.internal.parse.JsonDocument;
import dev.firn.files.internal.parse.JsonLines;
import dev.firn.files.internal.parse.LineCutter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.LongStream;

/** Decides how each file is cut. */
final class Cutting {
  private final FileSettings settings;
  private final Tuning tuning;
  private final Faults faults;

  Cutting(FileSettings settings, Tuning tuning, Faults faults) {
    this.settings = settings;
    this.tuning = tuning;
    this.faults = faults;
  }

  Pieces pieces(InputFile file) {
    if (file.regular() && file.size() == 0) {
      return Optional::empty;
    }
    return hasFreeLines(file) ? lines(file) : stream(file);
  }

  /** Whether any line of the file can be found without reading what is before it. */
  boolean hasFreeLines(InputFile file) {
    return file.regular()
        && file.compression() == Compression.NONE
        && file.charset().equals(StandardCharsets.UTF_8)
        && !file.format().delimited()
        && settings.options().records().root()
        && JsonShape.of(file) == JsonShape.LINES;
  }

  private Pieces lines(InputFile file) {
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

  /** The file from its beginning. */
  Pieces stream(InputFile file) {
    return new StreamPieces(file, tuning, faults, (bytes, length) -> json(file, bytes, length));
  }

  private Cutter json(InputFile file, byte[] bytes, int length) {
    RecordPath path = settings.options().records();
    if (path.root() && JsonShape.of(bytes, length, file.format()) == JsonShape.LINES) {
      return new LineCutter(this::lineParser);
    }
    return new JsonDocument(path.steps(), tuning.limits(), faults);
  }

  private ChunkParser lineParser() {
    return new JsonLines(tuning.limits(), faults);
  }
}
