package dev.firn.internal.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firn.load.LoadId;
import dev.firn.pipeline.QuarantinedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of a quarantine table in a file, a line each, so that they can be read again and again in
 * one order while the table goes on.
 */
final class ReplaySpool implements AutoCloseable {
  private static final int STRETCH_BYTES = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final List<Stretch> stretches = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private String openLoad = "";
  private long end;

  /** Neighbouring lines of one load. */
  record Stretch(String load, long from, int bytes) {}

  ReplaySpool(Path folder) {
    try {
      Files.createDirectories(folder);
      file = Files.createTempFile(folder, "replay", ".jsonl");
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw Disk.unwritable("The folder " + folder + " cannot be written", e);
    }
  }

  /** Adds a row; a row's JSON has no line ends. */
  void add(LoadId load, String row) {
    if (!load.value().equals(openLoad) || open.length() >= STRETCH_BYTES) {
      flush();
      openLoad = load.value();
    }
    open.append(row).append('\n');
  }

  private void flush() {
    ByteBuffer bytes = UTF_8.encode(open.toString());
    int length = bytes.remaining();
    if (length == 0) {
      return;
    }
    stretches.add(new Stretch(openLoad, end, length));
    try {
      while (bytes.hasRemaining()) {
        end += channel.write(bytes, end);
      }
    } catch (IOException e) {
      throw Disk.unwritable("The file " + file + " cannot be written", e);
    }
    open.setLength(0);
  }

  /** All stretches, those of older loads first. */
  List<Stretch> finish() {
    flush();
    stretches.sort(Comparator.comparing(Stretch::load));
    return stretches;
  }

  /** The rows of a stretch. */
  List<QuarantinedRecord> read(Stretch stretch) {
    ByteBuffer bytes = ByteBuffer.allocate(stretch.bytes());
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, stretch.from() + bytes.position()) < 0) {
          throw new IllegalStateException("The file " + file + " has become shorter.");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String(bytes.array(), UTF_8).lines().map(QuarantineRow::read).toList();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
