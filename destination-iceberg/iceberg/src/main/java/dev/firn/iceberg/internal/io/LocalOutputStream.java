package dev.firn.iceberg.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * Writes a new local file. A file whose writing failed is gone after {@link #close}; metadata is on
 * the disk, not only in its cache, before close returns.
 */
final class LocalOutputStream extends PositionOutputStream {
  private static final int BUFFER_BYTES = 32 << 10;

  private final Path written;
  private final Path target;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long position;
  private boolean failed;
  private boolean closed;

  /** Writes to the first path, which must not exist, and moves it to the second at the end. */
  LocalOutputStream(Path written, Path target) throws IOException {
    this.written = written;
    this.target = target;
    channel = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > buffer.remaining()) {
      flush();
    }
    if (length > buffer.remaining()) {
      drain(ByteBuffer.wrap(bytes, offset, length));
    } else {
      buffer.put(bytes, offset, length);
    }
    position += length;
  }

  @Override
  public void flush() throws IOException {
    buffer.flip();
    drain(buffer);
    buffer.clear();
  }

  private void drain(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      failed = true;
      throw FullDisk.orSame(e, target.toString());
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (channel) {
      if (!failed) {
        flush();
        sync();
      }
    } catch (IOException e) {
      failed = true;
      throw FullDisk.orSame(e, target.toString());
    } finally {
      finish();
    }
  }

  // A catalog entry must not outlive a power cut that its metadata did not.
  private void sync() throws IOException {
    Path folder = target.getParent();
    if (folder != null && folder.endsWith("metadata")) {
      channel.force(true);
    }
  }

  private void finish() throws IOException {
    if (failed) {
      Files.deleteIfExists(written);
    } else if (!written.equals(target)) {
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
