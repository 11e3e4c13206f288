package dev.firn.destination;

import dev.firn.error.Redactor;
import java.util.Map;

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

  /**
   * Tries all that a load needs, step by step, and leaves nothing behind. What goes wrong is part
   * of the answer.
   *
   * @param redactor knows the secrets of the settings
   */
  default Diagnosis diagnose(DestinationConfig config, Redactor redactor) {
    Examination examination = new Examination(config.name(), redactor);
    examination.step(
        "configuration",
        "",
        () -> {
          check(config);
          return "type " + type();
        });
    examination.step(
        "list tables",
        "",
        () -> {
          try (Destination opened = open(config)) {
            return opened.metadata().tables().size() + " tables";
          }
        });
    return examination.diagnosis(Map.of());
  }

  /** Connects. */
  Destination open(DestinationConfig config);
}
