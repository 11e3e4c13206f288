package dev.firn.internal.normalize;

import dev.firn.batch.BatchSet;

/** Takes finished sets; the caller closes them afterwards. */
@FunctionalInterface
public interface SetWriter {
  void write(BatchSet set);
}
