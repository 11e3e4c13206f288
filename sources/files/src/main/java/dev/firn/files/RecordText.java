package dev.firn.files;

import dev.firn.files.internal.parse.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;

/** The line at a place of a plain file, for a record that cannot be read. */
final class RecordText {
  private static final int MOST_BYTES = 1 << 20;

  private RecordText() {}

  /** The text from a place to the end of its line. */
  static String at(InputFile file, long position) {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_BYTES, file.size() - position));
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, position + bytes.position()) < 0) {
          break;
        }
      }
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
    int newline = Words.newline(bytes.array(), 0, bytes.position());
    int end = newline < 0 ? bytes.position() : newline;
    return new String(bytes.array(), 0, end, StandardCharsets.UTF_8).stripTrailing();
  }
}
