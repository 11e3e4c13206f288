package dev.firn.internal.run;

import dev.firn.destination.LiveTable;
import dev.firn.destination.MetadataService;
import dev.firn.load.LoadId;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.QuarantinedRecord;
import dev.firn.schema.QuarantineTable;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What one resource has in quarantine: not the rows of loads that were replayed and only wait to be
 * removed.
 */
public final class QuarantineRecords {
  private final MetadataService metadata;
  private final String resource;
  private final TableName quarantine;
  private final Set<LoadId> replayed;

  private QuarantineRecords(
      MetadataService metadata, String resource, TableName quarantine, Set<LoadId> replayed) {
    this.metadata = metadata;
    this.resource = resource;
    this.quarantine = quarantine;
    this.replayed = replayed;
  }

  public static QuarantineRecords of(
      PipelineSpec pipeline, ResourceSpec resource, MetadataService metadata) {
    TableName root = ReplaySource.table(pipeline, resource);
    Optional<String> state =
        metadata
            .current(root)
            .flatMap((LiveTable table) -> table.state(pipeline.name(), resource.replay().name()))
            .flatMap(each -> each.files());
    return new QuarantineRecords(
        metadata, resource.name(), QuarantineTable.of(root), QuarantineReader.replayed(state));
  }

  /** Shows all of them; there is no certain order. */
  public void forEach(Consumer<QuarantinedRecord> reader) {
    Optional<LiveTable> there = metadata.current(quarantine);
    if (there.isEmpty() || !QuarantineTable.is(there.get().schema())) {
      return;
    }
    try (Stream<String> rows = metadata.rows(quarantine)) {
      rows.map(QuarantineRow::read)
          .filter(record -> record.resource().equals(resource))
          .filter(record -> !replayed.contains(record.loadId()))
          .forEach(reader);
    }
  }
}
