package dev.firn.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that loads a file, started anew for each load. */
interface Tool {
  String name();

  /** Builds or fetches what the tool needs; not measured. */
  void prepare() throws IOException, InterruptedException;

  /** Name and version, once prepared. */
  String version() throws IOException;

  /**
   * The command of one load.
   *
   * @param folder an empty folder, the command's working directory, for all that it writes
   */
  List<String> load(Path input, Path folder);

  /** What {@link #load} wrote into the folder. */
  Output output(Path folder) throws IOException;
}
