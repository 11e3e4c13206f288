package dev.firn.files.internal.parse;

import java.util.Optional;
import java.util.function.Supplier;

/** Cuts after newlines. */
public final class LineCutter implements Cutter {
  private final Supplier<ChunkParser> parser;

  public LineCutter(Supplier<ChunkParser> parser) {
    this.parser = parser;
  }

  @Override
  public Cut cut(byte[] bytes, int to, boolean last, Origin origin) {
    int used = last ? to : 1 + Words.lastNewline(bytes, 0, to);
    return new Cut(used, Optional.of(parser.get()));
  }

  @Override
  public long records(byte[] bytes, int used) {
    long count = 0;
    boolean blank = true;
    for (int i = 0; i < used; i++) {
      switch (bytes[i]) {
        case '\n' -> {
          count += blank ? 0 : 1;
          blank = true;
        }
        case ' ', '\t', '\r' -> {}
        default -> blank = false;
      }
    }
    return count + (blank ? 0 : 1);
  }
}
