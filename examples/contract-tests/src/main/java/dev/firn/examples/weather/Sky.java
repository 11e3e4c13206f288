package dev.firn.examples.weather;

/** What a station sees. */
public enum Sky {
  CLEAR,
  CLOUDY,
  RAIN
}
