package dev.firn.files.internal.parse;

import java.util.Optional;

/** Finds whole records in decoded bytes, as they come; belongs to one reading of one file. */
public interface Cutter {
  /**
   * What can be parsed of {@code [0, to)}, which begins where the last cut ended.
   *
   * @param last whether nothing follows
   * @throws dev.firn.error.FirnException for a fault between records
   */
  Cut cut(byte[] bytes, int to, boolean last, Origin origin);

  /** How many records the last cut holds; whole or not, good or bad. */
  long records(byte[] bytes, int used);

  /**
   * A cut.
   *
   * @param used how many bytes are done with; 0: a record is longer than what is there
   * @param parser reads the records among them; empty where there are none
   */
  record Cut(int used, Optional<ChunkParser> parser) {}
}
