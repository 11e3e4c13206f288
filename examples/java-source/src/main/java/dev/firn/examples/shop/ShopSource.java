package dev.firn.examples.shop;

import dev.firn.load.WriteDisposition;
import dev.firn.source.Cursor;
import dev.firn.source.Incremental;
import dev.firn.source.Resource;
import dev.firn.source.Setting;
import dev.firn.source.Source;
import java.time.Instant;
import java.util.stream.Stream;

/** The shop as a source: new and changed orders, merged by their id. */
@Source(name = "shop", description = "Orders of an in-memory shop")
public final class ShopSource {
  @Setting(defaultValue = "1")
  int days;

  /** For {@code pipeline.yaml}, which fills the settings in. */
  public ShopSource() {}

  /** For pipelines in code. */
  public ShopSource(int days) {
    this.days = days;
  }

  /** Orders that arrive up to five minutes late are found by the lag. */
  @Resource(
      table = "shop.orders",
      primaryKey = "id",
      writeDisposition = WriteDisposition.MERGE,
      partitionBy = "day(updated_at)")
  public Stream<Order> orders(
      @Incremental(cursor = "updated_at", initial = "2024-01-01T00:00:00Z", lag = "5m")
          Cursor<Instant> since) {
    return new Shop(days).changedSince(since.start());
  }
}
