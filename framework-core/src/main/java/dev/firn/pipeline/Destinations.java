package dev.firn.pipeline;

import dev.firn.destination.Destination;
import dev.firn.destination.DestinationConfig;
import dev.firn.internal.discover.Providers;

/** Opens the place where a pipeline's tables lie. */
public final class Destinations {
  private Destinations() {}

  /**
   * Connects to the pipeline's destination; the caller closes it.
   *
   * @throws dev.firn.error.FirnException {@code UNKNOWN_TYPE} when its type is not installed, or
   *     why it cannot be reached
   */
  public static Destination open(PipelineSpec spec) {
    DestinationSpec where = spec.destination();
    return Providers.in(spec.folder())
        .destination(where.type())
        .open(new DestinationConfig(where.catalog(), where.settings(), spec.folder()));
  }
}
