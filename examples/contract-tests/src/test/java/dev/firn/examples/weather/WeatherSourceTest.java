package dev.firn.examples.weather;

import dev.firn.testkit.contract.SourceSuite;
import java.time.Instant;
import java.util.List;

class WeatherSourceTest extends SourceSuite {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Reading FIRST = new Reading("OSL01", NOON, -3.5, Sky.CLEAR);
  private static final Reading BROKEN = new Reading("OSL02", NOON, 451.0, Sky.RAIN);
  private static final Reading LATER = new Reading("OSL01", NOON.plusSeconds(60), -3.4, Sky.CLOUDY);

  @Override
  protected Object source() {
    return new WeatherSource(List.of(FIRST, BROKEN));
  }

  @Override
  protected Object later() {
    return new WeatherSource(List.of(FIRST, BROKEN, LATER));
  }
}
