package dev.firn.pipeline;

import dev.firn.load.LoadObserver;
import java.util.Set;

/**
 * How one run differs from the pipeline's description.
 *
 * @param select names of the resources to run, {@code source.resource} or {@code resource}; empty:
 *     all
 * @param observer is told what happens
 */
public record RunOptions(Set<String> select, LoadObserver observer) {
  public static final RunOptions DEFAULT = new RunOptions(Set.of(), LoadObserver.NONE);

  public RunOptions {
    select = Set.copyOf(select);
  }
}
