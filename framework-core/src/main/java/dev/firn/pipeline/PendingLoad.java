package dev.firn.pipeline;

import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import java.util.Optional;

/**
 * A load of an earlier run that was not committed; the next run finishes or drops it.
 *
 * @param sealed what it would commit; empty when its run ended while it still read
 */
public record PendingLoad(
    LoadId loadId, String pipeline, String resource, Optional<LoadPackage> sealed) {}
