package dev.firn.destination;

import dev.firn.destination.Diagnosis.Status;
import dev.firn.destination.Diagnosis.Step;
import dev.firn.error.FirnException;
import dev.firn.error.Redactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries one step after the other and writes down what becomes of them. After the first failure the
 * others are skipped, except those that clean up.
 */
public final class Examination {
  private final String destination;
  private final Redactor redactor;
  private final List<Step> steps = new ArrayList<>();
  private Optional<String> failed = Optional.empty();

  /**
   * @param destination its name
   * @param redactor knows the secrets of its settings
   */
  public Examination(String destination, Redactor redactor) {
    this.destination = destination;
    this.redactor = redactor;
  }

  /** Whether no step has failed so far. */
  public boolean healthy() {
    return failed.isEmpty();
  }

  /**
   * Tries a step unless an earlier one failed.
   *
   * @param sends what it sends, told when it fails
   * @param attempt gives what it found; throws why it failed
   */
  public void step(String name, String sends, Supplier<String> attempt) {
    if (failed.isPresent()) {
      skip(name, failed.get() + " failed");
    } else {
      cleanUp(name, sends, attempt);
    }
  }

  /** As {@link #step}, also after a failure. */
  public void cleanUp(String name, String sends, Supplier<String> attempt) {
    long start = System.nanoTime();
    try {
      String told = attempt.get();
      add(name, Status.OK, start, told, sends, Optional.empty());
    } catch (FirnException e) {
      failed = failed.or(() -> Optional.of(name));
      String told = String.valueOf(e.getMessage());
      add(name, Status.FAILED, start, told, sends, Optional.of(redacted(e)));
    }
  }

  /** Notes a step that is not tried. */
  public void skip(String name, String why) {
    add(name, Status.SKIPPED, System.nanoTime(), why, "", Optional.empty());
  }

  private void add(
      String name,
      Status status,
      long start,
      String told,
      String sent,
      Optional<FirnException> failure) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    steps.add(new Step(name, status, took, redactor.redact(told), redactor.redact(sent), failure));
  }

  private FirnException redacted(FirnException e) {
    return new FirnException(
        e.code(),
        redactor.redact(String.valueOf(e.getMessage())),
        redactor.redact(e.hint()),
        e.getCause());
  }

  /** What was found so far. */
  public Diagnosis diagnosis(Map<String, String> capabilities) {
    return new Diagnosis(destination, steps, capabilities);
  }
}
