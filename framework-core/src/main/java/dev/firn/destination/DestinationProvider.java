package dev.firn.destination;

/** Makes destinations of one type; found by {@link java.util.ServiceLoader}. */
public interface DestinationProvider {
  /** The value of {@code destination.type}. */
  String type();

  /** Connects. */
  Destination open(DestinationConfig config);
}
