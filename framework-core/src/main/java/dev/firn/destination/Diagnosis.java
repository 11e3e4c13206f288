package dev.firn.destination;

import dev.firn.error.FirnException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link Examination} of a destination found out; no secret is in it.
 *
 * @param destination its name, such as that of a catalog
 * @param steps in the order in which they were tried
 * @param capabilities what the destination can do, by name, for people to read
 */
public record Diagnosis(String destination, List<Step> steps, Map<String, String> capabilities) {
  public Diagnosis {
    steps = List.copyOf(steps);
    capabilities = Collections.unmodifiableMap(new LinkedHashMap<>(capabilities));
  }

  /** What became of a step. */
  public enum Status {
    OK,
    FAILED,
    SKIPPED
  }

  /**
   * One thing that was tried.
   *
   * @param told what was found, what failed, or why it was not tried
   * @param sent what was sent for it; may be empty
   * @param failure why it failed, with what to change
   */
  public record Step(
      String name,
      Status status,
      Duration took,
      String told,
      String sent,
      Optional<FirnException> failure) {}

  /** The first step's failure that there is; empty: all is well. */
  public Optional<FirnException> failure() {
    return steps.stream().flatMap(step -> step.failure().stream()).findFirst();
  }
}
