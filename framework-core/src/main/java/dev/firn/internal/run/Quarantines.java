package dev.firn.internal.run;

import dev.firn.destination.Destination;
import dev.firn.error.FirnException;
import dev.firn.load.LoadId;
import dev.firn.load.LoadPackage;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import dev.firn.state.ResourceState;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes rows out of quarantines that nobody needs any more, after loads that are complete. */
final class Quarantines {
  private static final Logger log = LoggerFactory.getLogger(Quarantines.class);

  private final Destination destination;
  private final Consumer<String> warnings;

  /**
   * @param warnings is told what could not be removed
   */
  Quarantines(Destination destination, Consumer<String> warnings) {
    this.destination = destination;
    this.warnings = warnings;
  }

  /** Takes rows out that are replayed; whoever reads the quarantine passes them over. */
  void forgetReplayed(String resource, TableName root, ResourceState.Slice state) {
    Set<LoadId> loads = QuarantineReader.replayed(state.files());
    if (ResourceSpec.isReplay(resource) && !loads.isEmpty()) {
      forget(root, loads, Instant.EPOCH);
    }
  }

  /** Takes rows out that are older than their resource wants. */
  void forgetOld(Task task, LoadPackage load, Instant now) {
    if (load.counts().quarantined() > 0) {
      task.resource()
          .quarantine()
          .retention()
          .ifPresent(time -> forget(task.table(), Set.of(), now.minus(time)));
    }
  }

  /** The load is complete: what goes wrong here does it no harm. */
  private void forget(TableName root, Set<LoadId> loads, Instant before) {
    TableName quarantine = QuarantineTable.of(root);
    try {
      long rows = destination.forget(quarantine, loads, before);
      log.info("Removed {} rows from {}", rows, quarantine);
    } catch (FirnException e) {
      warnings.accept("Rows of %s could not be removed: %s".formatted(quarantine, e.getMessage()));
    }
  }
}
