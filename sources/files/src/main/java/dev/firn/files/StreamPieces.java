package dev.firn.files;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.files.internal.parse.Chunk;
import dev.firn.files.internal.parse.Cutter;
import dev.firn.files.internal.parse.Cutter.Cut;
import dev.firn.files.internal.parse.Faults;
import dev.firn.files.internal.parse.Origin;
import dev.firn.files.internal.parse.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file from its beginning to its end and cuts what it decodes into chunks of whole records.
 */
final class StreamPieces implements Pieces {
  private static final int FIRST_CAPACITY = 64 << 10;

  /** Chooses how to cut when the first bytes are there. */
  interface Cuts {
    Cutter cutter(byte[] bytes, int length);
  }

  private final InputFile file;
  private final Tuning tuning;
  private final Faults faults;
  private final Cuts cuts;
  private @Nullable InputStream in;
  private @Nullable Cutter cutter;
  private @Nullable FirnException broken;
  private byte[] bytes;
  private int length;
  private int target;
  private boolean ended;
  private boolean done;
  private final boolean counted;
  private long records;
  private Origin.Counted origin;

  /**
   * @param counted whether pieces know how many records come before them
   */
  StreamPieces(InputFile file, Tuning tuning, Faults faults, Cuts cuts, boolean counted) {
    this.file = file;
    this.tuning = tuning;
    this.faults = faults;
    this.cuts = cuts;
    this.counted = counted;
    this.origin = Origin.Counted.start(file.name());
    this.target = tuning.splitBytes();
    this.bytes = new byte[Math.min(FIRST_CAPACITY, target) + Words.SPARE];
  }

  @Override
  public Optional<Piece> next() {
    while (!done) {
      try {
        Optional<Piece> piece = cut();
        if (piece.isPresent()) {
          return piece;
        }
      } catch (FirnException e) {
        done = true;
        return Optional.of(new FaultPiece(file, e, faults));
      }
    }
    return Optional.empty();
  }

  private Optional<Piece> cut() {
    fill();
    if (cutter == null) {
      cutter = cuts.cutter(bytes, length);
    }
    boolean last = ended && broken == null;
    Cut cut = cutter.cut(bytes, length, last, origin);
    if (cut.used() == 0 && ended) {
      done = true;
      if (broken != null) {
        throw broken;
      }
      return Optional.empty();
    }
    if (cut.used() == 0) {
      grow();
      return Optional.empty();
    }
    target = tuning.splitBytes();
    Chunk chunk = new Chunk(bytes, 0, cut.used(), origin);
    long before = records;
    if (counted && cut.parser().isPresent()) {
      records += cutter.records(bytes, cut.used());
    }
    advance(cut.used());
    return cut.parser().map(parser -> new ChunkPiece(file, chunk, parser, before));
  }

  /** Leaves what is used to its piece and takes the rest along. */
  private void advance(int used) {
    origin = origin.after(bytes, 0, used);
    byte[] next = new byte[(ended ? length - used : bytes.length - Words.SPARE) + Words.SPARE];
    System.arraycopy(bytes, used, next, 0, length - used);
    bytes = next;
    length -= used;
  }

  private void grow() {
    int most = tuning.mostBytes();
    if (length >= most) {
      throw new FirnException(
              ErrorCode.LIMIT_EXCEEDED,
              "a record of more than "
                  + tuning.limits().lineBytes()
                  + " bytes (limits.line-bytes); the rest of the file is not read",
              "Split the record, or raise limits.line-bytes.")
          .at(new Chunk(bytes, 0, length, origin).place(0));
    }
    target = (int) Math.min(2L * Math.max(length, target), most);
  }

  private void fill() {
    try {
      InputStream from = in == null ? open() : in;
      in = from;
      while (length < target && !ended) {
        if (length + Words.SPARE == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.min(2 * length, target) + Words.SPARE);
        }
        int read = from.read(bytes, length, Math.min(target, bytes.length - Words.SPARE) - length);
        ended = read < 0;
        length += Math.max(read, 0);
      }
    } catch (IOException e) {
      ended = true;
      broken = Decoding.fault(file, e, new Chunk(bytes, 0, length, origin).place(length));
    }
  }

  private InputStream open() throws IOException {
    return Decoding.open(file);
  }

  @Override
  public void close() {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
  }
}
