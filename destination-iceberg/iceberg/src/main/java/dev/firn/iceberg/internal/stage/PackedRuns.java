package dev.firn.iceberg.internal.stage;

import dev.firn.iceberg.internal.stage.StagedDetails.RowRun;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Runs of rows in about three characters each: finely mixed partitions make as many runs as rows.
 * For each run the distance in the set from the end of the one before, then its length and one bit
 * that says whether split or offset change; if so, by how much.
 *
 * @param text base64 of variable-length numbers
 */
public record PackedRuns(String text) {
  static final PackedRuns NONE = new PackedRuns("");

  static PackedRuns of(List<RowRun> runs) {
    Numbers out = new Numbers();
    int next = 0;
    long split = 0;
    long offset = 0;
    for (RowRun run : runs) {
      long runOffset = run.firstRow() - run.setRow();
      boolean moved = run.split() != split || runOffset != offset;
      out.add(run.setRow() - next);
      out.add((long) run.rows() << 1 | (moved ? 1 : 0));
      if (moved) {
        out.addSigned(run.split() - split);
        out.addSigned(runOffset - offset);
      }
      next = run.setRow() + run.rows();
      split = run.split();
      offset = runOffset;
    }
    return new PackedRuns(out.text());
  }

  List<RowRun> unpack() {
    ByteBuffer in = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    List<RowRun> runs = new ArrayList<>();
    int next = 0;
    long split = 0;
    long offset = 0;
    while (in.hasRemaining()) {
      int setRow = next + (int) number(in);
      long rows = number(in);
      if ((rows & 1) != 0) {
        split += signed(in);
        offset += signed(in);
      }
      next = setRow + (int) (rows >>> 1);
      runs.add(new RowRun(split, setRow + offset, setRow, next - setRow));
    }
    return runs;
  }

  private static long number(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte bits = in.get();
      value |= (bits & 0x7fL) << shift;
      if (bits >= 0) {
        return value;
      }
    }
  }

  private static long signed(ByteBuffer in) {
    long value = number(in);
    return value >>> 1 ^ -(value & 1);
  }

  /** Numbers of seven bits a byte, lowest first. */
  private static final class Numbers {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }

    void addSigned(long value) {
      add(value << 1 ^ value >> 63);
    }

    String text() {
      return Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }
  }
}
