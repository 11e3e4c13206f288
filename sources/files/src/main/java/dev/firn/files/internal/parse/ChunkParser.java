package dev.firn.files.internal.parse;

import dev.firn.source.RecordSink;

/** Turns chunks into events; belongs to one thread. */
public interface ChunkParser {
  /**
   * Sends the chunk's records.
   *
   * @throws dev.firn.error.FirnException for the first fault that {@link Faults} does not pass over
   */
  void parse(Chunk chunk, RecordSink sink);
}
