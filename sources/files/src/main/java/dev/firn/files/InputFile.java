package dev.firn.files;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that is read, as it was when it was listed.
 *
 * @param name as a user knows it: relative where the setting is
 * @param size in bytes; what is appended later is not read
 * @param modified milliseconds since the epoch
 * @param lines where its lines are, as far as somebody asked
 * @param copy for pipes and the standard input, which themselves can be read once; empty for files
 */
record InputFile(
    Path path,
    String name,
    long size,
    long modified,
    Optional<StreamCopy> copy,
    Format format,
    Compression compression,
    Charset charset,
    LineCounts lines) {

  /** Whether any part can be read at any time. */
  boolean regular() {
    return copy.isEmpty();
  }

  /** Whether it surely holds no byte. */
  boolean isEmpty() {
    return regular() && size == 0;
  }
}
