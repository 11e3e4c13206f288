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
}
