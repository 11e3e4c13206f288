package dev.firn.internal.normalize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that come twice in a load, however many there are: hashes of 64 bits wait in a file
 * and are compared in parts that fit in memory. Two values out of n meet by chance with about
 * n²/2⁶⁵.
 */
final class UniqueKeys implements AutoCloseable {
  private static final int LONGS_IN_MEMORY = 4 << 20;

  private final List<List<String>> columns;
  private final List<Written> written = new ArrayList<>();
  private @Nullable FileChannel file;
  private long end;

  /** The hashes of one set of rows for one group of columns. */
  private record Written(long set, int group, long from, int count) {}

  /**
   * @param columns groups of column names
   */
  UniqueKeys(List<List<String>> columns) {
    this.columns = List.copyOf(columns);
  }

  List<List<String>> columns() {
    return columns;
  }

  /** Keeps the hashes of a set. */
  synchronized void write(long set, int group, long[] hashes, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
    bytes.asLongBuffer().put(hashes, 0, count);
    try {
      FileChannel channel = channel();
      written.add(new Written(set, group, end, count));
      while (bytes.hasRemaining()) {
        end += channel.write(bytes, end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileChannel channel() throws IOException {
    FileChannel open = file;
    if (open == null) {
      Path path = Files.createTempFile("firn-unique", ".tmp");
      open =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = open;
    }
    return open;
  }

  /**
   * How many rows of a group repeat the values of another.
   *
   * @param kept tells which sets count
   */
  synchronized long repeated(int group, LongPredicate kept) {
    int parts = parts(group, kept);
    long repeated = 0;
    for (int part = 0; part < parts; part++) {
      long[] hashes = part(group, kept, part, parts);
      for (int i = 1; i < hashes.length; i++) {
        repeated += hashes[i] == hashes[i - 1] ? 1 : 0;
      }
    }
    return repeated;
  }

  /**
   * How many hashes of one group are not among those of another.
   *
   * @param kept tells which sets of the other count
   */
  long absent(int group, int other, LongPredicate kept) {
    long absent = 0;
    int parts = Math.max(parts(group, set -> true), parts(other, kept));
    for (int part = 0; part < parts; part++) {
      absent += absent(part(group, set -> true, part, parts), part(other, kept, part, parts));
    }
    return absent;
  }

  private static long absent(long[] hashes, long[] there) {
    return Arrays.stream(hashes).filter(hash -> Arrays.binarySearch(there, hash) < 0).count();
  }

  /** Which of some hashes are among those of a group. */
  Set<Long> present(Set<Long> hashes, int group, LongPredicate kept) {
    Set<Long> present = new HashSet<>();
    int parts = hashes.isEmpty() ? 0 : parts(group, kept);
    for (int part = 0; part < parts; part++) {
      for (long hash : part(group, kept, part, parts)) {
        if (hashes.contains(hash)) {
          present.add(hash);
        }
      }
    }
    return present;
  }

  /** In how many parts the hashes of a group fit in memory. */
  synchronized int parts(int group, LongPredicate kept) {
    long all = sets(group, kept).stream().mapToLong(Written::count).sum();
    return (int) (all / LONGS_IN_MEMORY + 1);
  }

  /** The hashes of one part of a group, sorted. */
  synchronized long[] part(int group, LongPredicate kept, int part, int parts) {
    long[] hashes = new long[1024];
    int count = 0;
    for (Written set : sets(group, kept)) {
      LongBuffer values = read(set);
      while (values.hasRemaining()) {
        long hash = values.get();
        if (isIn(hash, part, parts)) {
          if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
          }
          hashes[count++] = hash;
        }
      }
    }
    Arrays.sort(hashes, 0, count);
    return count == hashes.length ? hashes : Arrays.copyOf(hashes, count);
  }

  static boolean isIn(long hash, int part, int parts) {
    return Long.remainderUnsigned(hash, parts) == part;
  }

  private List<Written> sets(int group, LongPredicate kept) {
    return written.stream().filter(each -> each.group() == group && kept.test(each.set())).toList();
  }

  private LongBuffer read(Written set) {
    ByteBuffer bytes = ByteBuffer.allocate(set.count() * Long.BYTES);
    try {
      while (bytes.hasRemaining() && channel().read(bytes, set.from() + bytes.position()) >= 0) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.flip().asLongBuffer();
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
