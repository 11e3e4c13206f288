package dev.firn.source;

import java.util.List;

/** A source that is ready to be read. */
public interface OpenSource extends AutoCloseable {
  /** What it offers, with the hints of code and YAML combined; YAML wins. */
  List<ResourceSpec> resources();

  /**
   * The reader of one of {@link #resources}; the options of a partitioned one may differ from those
   * there: the templates of its window are filled in.
   */
  ResourceReader reader(ResourceSpec resource);

  @Override
  default void close() {}
}
