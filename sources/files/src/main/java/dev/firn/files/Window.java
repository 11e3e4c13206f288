package dev.firn.files;

import dev.firn.files.internal.parse.Origin;
import dev.firn.files.internal.parse.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A stretch of a file in memory that moves forward. What it shows begins at index 0. */
final class Window implements AutoCloseable {
  /** Read beyond what is asked for, so that the end of the last line is at hand. */
  private static final int BEYOND = 8 << 10;

  private static final int BYTE_ORDER_MARK = 3;

  private final InputFile file;
  private final FileChannel channel;
  private byte[] bytes;
  private long offset;
  private int length;

  Window(InputFile file, int capacity) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    int enough = (int) Math.max(BYTE_ORDER_MARK, Math.min(capacity, file.size()));
    this.bytes = new byte[enough + Words.SPARE];
  }

  byte[] bytes() {
    return bytes;
  }

  /** The place of the window's first byte in the file. */
  long offset() {
    return offset;
  }

  /** How many bytes it shows. */
  int length() {
    return length;
  }

  /** Whether the file ends with the window. */
  boolean atEnd() {
    return offset + length >= file.size();
  }

  Origin origin() {
    return new FileOrigin(file, offset);
  }

  /** Begins anew, with nothing shown. */
  void moveTo(long place) {
    offset = place;
    length = 0;
  }

  /** Moves on by what was used. */
  void drop(int used) {
    System.arraycopy(bytes, used, bytes, 0, length - used);
    offset += used;
    length -= used;
  }

  /** Makes room, if it is full, for a record that is longer than the window. */
  void grow(int most) {
    int capacity = bytes.length - Words.SPARE;
    if (length == capacity) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(2L * capacity, most) + Words.SPARE);
    }
  }

  /** Shows as much as fits, up to a little after {@code end}; called again, twice as much. */
  void fill(long end) throws IOException {
    long want = Math.max(end - offset + BEYOND, 2L * length);
    long most = Math.min(file.size() - offset, bytes.length - Words.SPARE);
    int until = (int) Math.min(want, most);
    while (length < until) {
      int read = channel.read(ByteBuffer.wrap(bytes, length, until - length), offset + length);
      if (read < 0) {
        throw new IOException("it became shorter while it was read");
      }
      length += read;
    }
  }

  /** Moves to the first line of a file. */
  void toFirstLine() throws IOException {
    moveTo(0);
    fill(BYTE_ORDER_MARK);
    if (length >= BYTE_ORDER_MARK
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf) {
      drop(BYTE_ORDER_MARK);
    }
  }

  /** Moves to the first line that begins in {@code [start, end)}, or to {@code end} or beyond. */
  void toLine(long start, long end) throws IOException {
    moveTo(start - 1);
    while (offset < end - 1) {
      fill(end);
      int newline = Words.newline(bytes, 0, length);
      if (newline >= 0) {
        drop(newline + 1);
        return;
      }
      moveTo(offset + length);
    }
    moveTo(end);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
