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
import org.jspecify.annotations.Nullable;

/**
 * Writes a new local file. A file whose writing failed is gone after {@link #close}; any other is
 * on the disk, with its entry in the folder, before close returns.
 */
final class LocalOutputStream extends PositionOutputStream {
  private static final int BUFFER_BYTES = 32 << 10;

  // For what it writes the JDK keeps a buffer outside the heap, per thread, as large as the largest
  // piece so far.
  private static final int SLICE_BYTES = 1 << 20;

  private final Path written;
  private final Path target;
  private final Disk disk;
  private final FileChannel channel;

  /** Only there while it holds something: a load may keep many files open. */
  private @Nullable ByteBuffer buffer;

  private long position;
  private boolean failed;
  private boolean closed;

  /** Writes to the first path, which must not exist, and moves it to the second at the end. */
  LocalOutputStream(Path written, Path target, Disk disk) throws IOException {
    this.written = written;
    this.target = target;
    this.disk = disk;
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
    if (buffer != null && length > buffer.remaining()) {
      flush();
    }
    if (length > BUFFER_BYTES) {
      drain(bytes, offset, length);
    } else {
      if (buffer == null) {
        buffer = ByteBuffer.allocate(BUFFER_BYTES);
      }
      buffer.put(bytes, offset, length);
    }
    position += length;
  }

  @Override
  public void flush() throws IOException {
    if (buffer != null) {
      drain(buffer.array(), 0, buffer.position());
      buffer = null;
    }
  }

  private void drain(byte[] bytes, int offset, int length) throws IOException {
    try {
      int end = offset + length;
      for (int at = offset; at < end; ) {
        at += channel.write(ByteBuffer.wrap(bytes, at, Math.min(SLICE_BYTES, end - at)));
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
        disk.force(channel);
      }
    } catch (IOException e) {
      failed = true;
      throw FullDisk.orSame(e, target.toString());
    } finally {
      finish();
    }
  }

  private void finish() throws IOException {
    if (failed) {
      Files.deleteIfExists(written);
      return;
    }
    if (!written.equals(target)) {
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      disk.forceFolder(folder);
    }
  }
}
