package dev.firn.examples.weather;

import dev.firn.contract.UseContract;
import dev.firn.load.WriteDisposition;
import dev.firn.source.Cursor;
import dev.firn.source.Incremental;
import dev.firn.source.Resource;
import dev.firn.source.Source;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Readings of weather stations; the second station is broken and brings what no thermometer can.
 */
@Source(name = "weather", description = "Readings of weather stations")
public final class WeatherSource {
  private final List<Reading> readings;

  /** What there is to be read. */
  public WeatherSource(List<Reading> readings) {
    this.readings = List.copyOf(readings);
  }

  /** Readings since a moment, that moment's included. */
  @Resource(
      table = "raw.readings",
      primaryKey = {"station", "at"},
      writeDisposition = WriteDisposition.MERGE)
  @UseContract(Reading.class)
  public Stream<Reading> readings(
      @Incremental(cursor = "at", initial = "2026-01-01T00:00:00Z") Cursor<Instant> since) {
    return readings.stream().filter(each -> !each.at().isBefore(since.start()));
  }
}
