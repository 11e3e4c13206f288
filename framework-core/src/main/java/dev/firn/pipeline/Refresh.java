package dev.firn.pipeline;

import java.util.Locale;

/** What a run forgets of earlier runs before it loads. */
public enum Refresh {
  /** The tables and states of all resources of the selected sources, also of those not selected. */
  DROP_SOURCES,
  /** The tables and states of the selected resources. */
  DROP_RESOURCES,
  /** The rows and states of the selected resources; their tables stay, with their history. */
  DROP_DATA;

  /** As on the command line: {@code drop-data}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
