package dev.firn.iceberg.testkit.schedule;

import dev.firn.load.DeleteMode;
import dev.firn.pipeline.Resource;
import dev.firn.schema.TableSettings;
import java.util.List;
import java.util.Map;

/**
 * How the tables of a schedule are loaded.
 *
 * @param partitioned by a column that changes when a row does
 */
record Shape(Way way, DeleteMode deleteMode, boolean partitioned) {
  Resource of(Resource orders) {
    int formatVersion = deleteMode == DeleteMode.DELETION_VECTORS ? 3 : 2;
    TableSettings settings =
        new TableSettings(formatVersion, List.of(), 0, List.of(), Map.of(), Map.of());
    Resource plain = way.of(orders).tableSettings(settings).deleteMode(deleteMode);
    return partitioned ? plain.partitionBy("name") : plain;
  }
}
