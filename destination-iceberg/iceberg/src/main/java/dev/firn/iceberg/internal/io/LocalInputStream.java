package dev.firn.iceberg.internal.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/** Reads a local file; short reads go through a small buffer, long ones do not. */
final class LocalInputStream extends SeekableInputStream implements RangeReadable {
  private static final int BUFFER_BYTES = 16 << 10;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  // of the first byte behind the buffer
  private long filePosition;

  LocalInputStream(Path path) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  public long getPos() {
    return filePosition - buffer.remaining();
  }

  @Override
  public void seek(long position) throws IOException {
    if (position < 0) {
      throw new EOFException("Cannot seek to " + position + ".");
    }
    long bufferStart = filePosition - buffer.limit();
    if (position >= bufferStart && position <= filePosition) {
      buffer.position((int) (position - bufferStart));
    } else {
      buffer.limit(0);
      filePosition = position;
    }
  }

  @Override
  public int read() throws IOException {
    if (!buffer.hasRemaining() && !fill()) {
      return -1;
    }
    return buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!buffer.hasRemaining()) {
      if (length >= BUFFER_BYTES) {
        return readDirectly(bytes, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    return count;
  }

  private int readDirectly(byte[] bytes, int offset, int length) throws IOException {
    buffer.limit(0);
    int count = channel.read(ByteBuffer.wrap(bytes, offset, length), filePosition);
    filePosition += Math.max(0, count);
    return count;
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int count = channel.read(buffer, filePosition);
    buffer.flip();
    filePosition += Math.max(0, count);
    return count > 0;
  }

  @Override
  public void readFully(long position, byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new EOFException("The file ends before byte " + (position + length) + ".");
      }
      at += count;
    }
  }

  @Override
  public int readTail(byte[] bytes, int offset, int length) throws IOException {
    long size = channel.size();
    int count = (int) Math.min(size, length);
    readFully(size - count, bytes, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
