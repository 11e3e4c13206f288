package dev.firn.files;

import dev.firn.error.FirnException;
import dev.firn.files.internal.parse.ChunkParser;
import dev.firn.files.internal.parse.CsvCutter;
import dev.firn.files.internal.parse.CsvDialect;
import dev.firn.files.internal.parse.CsvHeader;
import dev.firn.files.internal.parse.Cutter;
import dev.firn.files.internal.parse.Faults;
import dev.firn.files.internal.parse.JsonDocument;
import dev.firn.files.internal.parse.JsonLines;
import dev.firn.files.internal.parse.KeyRing;
import dev.firn.files.internal.parse.LineCutter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;

/** Decides how each file is cut. */
final class Cutting {
  private static final String DELIMITERS = ",;\t|";

  private final FileSettings settings;
  private final Tuning tuning;
  private final Faults faults;
  private final KeyRing keys;
  private final Set<String> doubts = new ConcurrentSkipListSet<>();

  Cutting(FileSettings settings, Tuning tuning, Faults faults, KeyRing keys) {
    this.settings = settings;
    this.tuning = tuning;
    this.faults = faults;
    this.keys = keys;
  }

  Pieces pieces(InputFile file) {
    if (file.isEmpty()) {
      return Optional::empty;
    }
    return settings.fileColumns().addedTo(bare(file));
  }

  /** What to tell of a file that has content but no record. */
  String noRecordsIn(InputFile file) {
    RecordPath path = settings.options().records();
    return file.format() == Format.JSON && !path.root()
        ? "%s holds no records at %s; is options.path right?".formatted(file.name(), path)
        : file.name() + " holds no records.";
  }

  /** What looked strange in the files that were cut so far, though it may be meant so. */
  Set<String> doubts() {
    return doubts;
  }

  private Pieces bare(InputFile file) {
    if (!isPlain(file) || settings.fileColumns().counted()) {
      return decoded(file);
    }
    if (file.format().delimited()) {
      return rows(file);
    }
    return hasFreeLines(file) ? lines(file) : decoded(file);
  }

  private RowsPieces rows(InputFile file) {
    CsvDialect dialect = settings.options().dialect(file.format());
    return new RowsPieces(file, tuning, faults, dialect, header(file, dialect));
  }

  private CsvHeader header(InputFile file, CsvDialect dialect) {
    return new CsvHeader(
        dialect, settings.options().header(), keys, name -> doubtDelimiter(file, name));
  }

  private void doubtDelimiter(InputFile file, String onlyName) {
    if (DELIMITERS.chars().anyMatch(each -> onlyName.indexOf(each) > 0)) {
      doubts.add(
          "%s has one column, '%s'; is options.delimiter right?".formatted(file.name(), onlyName));
    }
  }

  private static boolean isPlain(InputFile file) {
    return file.regular()
        && file.compression() == Compression.NONE
        && file.charset().equals(StandardCharsets.UTF_8);
  }

  /**
   * How to take short stretches out of the middle of a file, where that is possible. In CSV a
   * stretch may begin within a quoted cell; what it says then is wrong, which a sample may be.
   */
  Optional<Stretches> stretches(InputFile file) {
    if (isPlain(file) && file.format().delimited()) {
      try (RowsPieces rows = rows(file)) {
        long begin = rows.begin();
        return Optional.of(
            (start, end) ->
                settings
                    .fileColumns()
                    .addedTo(
                        new LinesPiece(
                            file, Math.max(begin, start), end, tuning, faults, rows::rows)));
      } catch (FirnException e) {
        // the reading itself tells what is wrong with the names
        return Optional.empty();
      } catch (IOException e) {
        throw IoFaults.of(file.name(), e);
      }
    }
    return hasFreeLines(file)
        ? Optional.of((start, end) -> settings.fileColumns().addedTo(lines(file, start, end)))
        : Optional.empty();
  }

  /** Gives the lines that begin in {@code [start, end)}. */
  interface Stretches {
    Piece of(long start, long end);
  }

  /** Whether any line of the file can be found without reading what is before it. */
  private boolean hasFreeLines(InputFile file) {
    return isPlain(file)
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
  private Piece lines(InputFile file, long start, long end) {
    return new LinesPiece(file, start, end, tuning, faults, this::lineParser);
  }

  /** The file from its beginning. */
  Pieces stream(InputFile file) {
    return settings.fileColumns().addedTo(decoded(file));
  }

  private Pieces decoded(InputFile file) {
    boolean counted = settings.fileColumns().counted();
    if (file.format().delimited()) {
      CsvDialect dialect = settings.options().dialect(file.format());
      CsvCutter cutter = new CsvCutter(dialect, header(file, dialect), tuning.limits(), faults);
      return new StreamPieces(file, tuning, faults, (bytes, length) -> cutter, counted);
    }
    return new StreamPieces(
        file, tuning, faults, (bytes, length) -> json(file, bytes, length), counted);
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
