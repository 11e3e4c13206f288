package dev.firn.files;

import dev.firn.files.internal.parse.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Newlines before places of a plain file, counted when somebody asks; where it was counted before
 * is remembered, so that all places together cost about one reading.
 */
final class LineCounts {
  private static final int STEP = 64 << 10;

  private final NavigableMap<Long, Long> known = new ConcurrentSkipListMap<>(Map.of(0L, 0L));

  /** Newlines in the first {@code offset} bytes. */
  long before(Path path, long offset) throws IOException {
    Map.Entry<Long, Long> nearest = Objects.requireNonNull(known.floorEntry(offset));
    long at = nearest.getKey();
    long count = nearest.getValue();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      byte[] buffer = new byte[STEP];
      while (at < offset) {
        int want = (int) Math.min(offset - at, STEP);
        int read = channel.read(ByteBuffer.wrap(buffer, 0, want), at);
        if (read < 0) {
          break;
        }
        count += Words.newlines(buffer, 0, read);
        at += read;
        if (read == STEP) {
          known.put(at, count);
        }
      }
    }
    return count;
  }
}
