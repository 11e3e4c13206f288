package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Key;
import dev.firn.source.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tapes of one reading so that some can be read again: the first few megabytes in memory,
 * further ones compressed in a file that goes when this is closed. Belongs to one thread.
 */
final class TapeSpool implements AutoCloseable {
  private static final int IN_MEMORY = 16 << 20;

  private final Path folder;
  private final String resource;
  private final List<Tape> tapes = new ArrayList<>();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private byte[] compressed = new byte[0];
  private @Nullable FileChannel file;
  private long held;

  /** Where one tape lies: a place in the file, or its bytes. */
  private static final class Tape {
    final byte @Nullable [] bytes;
    final Key[] keys;
    final long at;
    final int stored;
    final int length;

    Tape(TapeSplit split) {
      this.bytes = split.tape();
      this.keys = split.keys();
      this.at = 0;
      this.stored = 0;
      this.length = split.tape().length;
    }

    Tape(TapeSplit split, long at, int stored) {
      this.bytes = null;
      this.keys = split.keys();
      this.at = at;
      this.stored = stored;
      this.length = split.tape().length;
    }
  }

  /**
   * @param folder where the file is made, once one is needed
   */
  TapeSpool(Path folder, String resource) {
    this.folder = folder;
    this.resource = resource;
  }

  /** Keeps the tape of the next ordinal. */
  void add(TapeSplit split) {
    long after = held + split.tape().length;
    if (after <= IN_MEMORY) {
      held = after;
      tapes.add(new Tape(split));
    } else {
      tapes.add(stored(split));
    }
  }

  /** How many tapes there are; their ordinals begin at 0. */
  int size() {
    return tapes.size();
  }

  /** The split of this ordinal, once more. */
  Split split(int ordinal) {
    Tape tape = tapes.get(ordinal);
    byte[] bytes = tape.bytes == null ? loaded(tape) : tape.bytes;
    return new TapeSplit(ordinal, resource, bytes, tape.keys);
  }

  private Tape stored(TapeSplit split) {
    int length = deflate(split.tape());
    try {
      FileChannel channel = channel();
      long at = channel.size();
      ByteBuffer bytes = ByteBuffer.wrap(compressed, 0, length);
      while (bytes.hasRemaining()) {
        channel.write(bytes, at + bytes.position());
      }
      return new Tape(split, at, length);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private int deflate(byte[] tape) {
    // Incompressible input grows by 5 bytes a block of 16 KiB at most (RFC 1951, 3.2.4).
    int most = tape.length + (tape.length >> 10) + 64;
    compressed = compressed.length < most ? new byte[most] : compressed;
    deflater.reset();
    deflater.setInput(tape);
    deflater.finish();
    return deflater.deflate(compressed);
  }

  private FileChannel channel() throws IOException {
    if (file == null) {
      Files.createDirectories(folder);
      Path path = Files.createTempFile(folder, "records-", ".spool");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    return file;
  }

  private byte[] loaded(Tape tape) {
    ByteBuffer stored = ByteBuffer.allocate(tape.stored);
    byte[] bytes = new byte[tape.length];
    Inflater inflater = new Inflater(true);
    try {
      FileChannel channel = channel();
      while (stored.hasRemaining() && channel.read(stored, tape.at + stored.position()) >= 0) {}
      inflater.setInput(stored.flip());
      int length = inflater.inflate(bytes);
      if (length != bytes.length) {
        throw new IOException("the spool file is cut off");
      }
      return bytes;
    } catch (IOException | DataFormatException failed) {
      throw unwritable(failed);
    } finally {
      inflater.end();
    }
  }

  private FirnException unwritable(Exception failed) {
    return new FirnException(
        ErrorCode.UNREADABLE_PATH,
        "The records of " + resource + " cannot be kept in " + folder + ": " + failed.getMessage(),
        "Make room there, or let this user write.",
        failed);
  }

  @Override
  public void close() {
    deflater.end();
    tapes.clear();
    if (file != null) {
      try {
        file.close();
      } catch (IOException failed) {
        throw unwritable(failed);
      }
    }
  }
}
