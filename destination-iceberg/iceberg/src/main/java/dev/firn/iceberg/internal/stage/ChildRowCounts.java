package dev.firn.iceberg.internal.stage;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.firn.batch.BatchSet.ChildBatch;
import dev.firn.schema.TableName;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many child rows each root row of a set has, by child table: the file {@code child-rows} in
 * the package's folder. A merge takes the child rows of a root row that loses out of their staged
 * files by position.
 */
public final class ChildRowCounts {
  private static final String NAME = "child-rows";

  private final Map<Place, int[]> counts;

  private ChildRowCounts(Map<Place, int[]> counts) {
    this.counts = counts;
  }

  private record Place(long set, TableName child) {}

  /**
   * Child rows of each root row of a set, in the order of the set's root batch; empty when the set
   * brought none for that table.
   */
  public int[] of(long set, TableName child) {
    return counts.getOrDefault(new Place(set, child), new int[0]);
  }

  /** Reads what staging wrote; nothing when it wrote none. */
  public static ChildRowCounts read(Path folder) {
    Path file = folder.resolve(NAME);
    Map<Place, int[]> counts = new HashMap<>();
    if (Files.exists(file)) {
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(new ZstdInputStream(Files.newInputStream(file))))) {
        while (in.readBoolean()) {
          Place place = new Place(in.readLong(), TableName.parse(in.readUTF()));
          counts.put(place, counts(in));
        }
      } catch (IOException e) {
        throw PackageFailure.reading(file, e);
      }
    }
    return new ChildRowCounts(counts);
  }

  private static int[] counts(DataInputStream in) throws IOException {
    int[] each = new int[in.readInt()];
    for (int i = 0; i < each.length; i++) {
      each[i] = readVarint(in);
    }
    return each;
  }

  private static int readVarint(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int bits = in.readUnsignedByte();
      value |= (bits & 0x7f) << shift;
      if (bits < 0x80) {
        return value;
      }
    }
  }

  /**
   * Writes counts, from any thread; whole only after {@link #finish}. A write that fails throws
   * {@code DESTINATION_FULL} or {@code UNREADABLE_PATH}.
   */
  static final class Writer implements AutoCloseable {
    private final Path file;
    private final OutputStream bytes;
    private final DataOutputStream out;

    Writer(Path folder) {
      file = folder.resolve(NAME);
      try {
        Files.createDirectories(folder);
        bytes = Files.newOutputStream(file);
        out = new DataOutputStream(new BufferedOutputStream(new ZstdOutputStream(bytes)));
      } catch (IOException e) {
        throw PackageFailure.writing(file, e);
      }
    }

    synchronized void add(long set, ChildBatch child, int rootRows) {
      int[] each = new int[rootRows];
      Arrays.stream(child.rootRows()).forEach(row -> each[row]++);
      try {
        out.writeBoolean(true);
        out.writeLong(set);
        out.writeUTF(child.batch().table().toString());
        out.writeInt(rootRows);
        for (int count : each) {
          writeVarint(count);
        }
      } catch (IOException e) {
        throw PackageFailure.writing(file, e);
      }
    }

    private void writeVarint(int value) throws IOException {
      int rest = value;
      while (rest >= 0x80) {
        out.writeByte(rest | 0x80);
        rest >>>= 7;
      }
      out.writeByte(rest);
    }

    /** Writes what is left; all of it is then on the disk. */
    synchronized void finish() {
      try {
        try (bytes;
            out) {
          out.writeBoolean(false);
        }
        try (FileChannel whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
          whole.force(true);
        }
      } catch (IOException e) {
        throw PackageFailure.writing(file, e);
      }
    }

    /** Ends the writing; what was not finished is not missed. */
    @Override
    public synchronized void close() {
      // The compressor leaves the file open when its last bytes cannot be written.
      try (bytes) {
        out.close();
      } catch (IOException ignored) {
        // Only what finish has not written could fail, and that counts for nothing.
      }
    }
  }
}
