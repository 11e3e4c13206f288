package dev.firn.iceberg.testkit.schedule;

import dev.firn.contract.ColumnContract;
import dev.firn.contract.OnViolation;
import dev.firn.contract.Rule;
import dev.firn.contract.SchemaContract;
import dev.firn.load.DeleteMode;
import dev.firn.pipeline.Resource;
import dev.firn.schema.TableSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the tables of a schedule are loaded.
 *
 * @param partitioned by a column that changes when a row does
 */
record Shape(Way way, DeleteMode deleteMode, boolean partitioned) {
  private static final SchemaContract CONTRACT = contract();

  private static SchemaContract contract() {
    Rule most = new Rule.AtMost(BigDecimal.valueOf(100), false);
    ColumnContract weight =
        new ColumnContract("weight", Optional.empty(), List.of(most), Optional.empty());
    return new SchemaContract(
        "orders",
        1,
        Optional.empty(),
        OnViolation.QUARANTINE,
        Optional.empty(),
        List.of(weight),
        List.of());
  }

  Resource of(Resource orders) {
    int formatVersion = deleteMode == DeleteMode.DELETION_VECTORS ? 3 : 2;
    TableSettings settings =
        new TableSettings(formatVersion, List.of(), 0, List.of(), Map.of(), Map.of());
    Resource plain = way.of(orders).tableSettings(settings).deleteMode(deleteMode);
    // whoever reads all orders again and again would reject the same ones as often
    Resource judged = way.hasCursor() ? plain.contract(CONTRACT) : plain;
    return partitioned ? judged.partitionBy("name") : judged;
  }
}
