package dev.firn.pipeline;

import dev.firn.error.Redactor;
import dev.firn.load.LoadObserver;
import java.util.Set;

/**
 * How one run differs from the pipeline's description.
 *
 * @param select names of the resources to run, {@code source.resource} or {@code resource}; empty:
 *     all
 * @param observer is told what happens
 * @param redactor takes secrets out of the run report
 */
public record RunOptions(Set<String> select, LoadObserver observer, Redactor redactor) {
  public static final RunOptions DEFAULT = new RunOptions(Set.of(), LoadObserver.NONE);

  public RunOptions {
    select = Set.copyOf(select);
  }

  /** Options without secrets to hide. */
  public RunOptions(Set<String> select, LoadObserver observer) {
    this(select, observer, new Redactor());
  }
}
