package dev.firn.destination;

/** Makes destinations of one type; found by {@link java.util.ServiceLoader}. */
public interface DestinationProvider {
  /** The value of {@code destination.type}. */
  String type();

  /**
   * Looks at the settings without connecting to anything or writing anywhere.
   *
   * @throws dev.firn.error.FirnException {@code UNKNOWN_TYPE} when the settings name a type that is
   *     not installed, {@code INVALID_CONFIG} when they cannot be right
   */
  default void check(DestinationConfig config) {}

  /** Connects. */
  Destination open(DestinationConfig config);
}
