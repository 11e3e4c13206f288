package dev.firn.files;

import dev.firn.files.internal.parse.Chunk;
import dev.firn.files.internal.parse.ChunkParser;
import dev.firn.source.RecordSink;
import java.util.Optional;

/** Records that are in memory already. */
record ChunkPiece(InputFile file, Chunk chunk, ChunkParser parser, long recordsBefore)
    implements Piece {
  @Override
  public long bytes() {
    return chunk.length();
  }

  @Override
  public String place(long position) {
    return chunk.lineAt(position);
  }

  @Override
  public Optional<String> text(long position) {
    return Optional.of(chunk.textAt(position));
  }

  @Override
  public void read(RecordSink sink) {
    parser.parse(chunk, sink);
  }
}
