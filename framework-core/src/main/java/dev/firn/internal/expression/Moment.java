package dev.firn.internal.expression;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A time as a value: microseconds since the epoch, dates at their midnight in UTC. */
public record Moment(long micros) implements Comparable<Moment> {
  /** The moment of an instant. */
  public static Moment of(Instant instant) {
    return new Moment(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }

  Moment plus(long more) {
    return new Moment(Math.addExact(micros, more));
  }

  @Override
  public int compareTo(Moment other) {
    return Long.compare(micros, other.micros);
  }

  /** As ISO-8601 in UTC. */
  @Override
  public String toString() {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
