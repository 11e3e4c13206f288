package dev.firn.pipeline;

import dev.firn.contract.Evolution;
import dev.firn.error.Redactor;
import dev.firn.load.LoadObserver;
import dev.firn.source.ResourceSpec;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one run differs from the pipeline's description.
 *
 * @param select names of the resources to run, {@code source.resource} or {@code resource}; empty:
 *     all
 * @param observer is told what happens
 * @param redactor takes secrets out of the run report
 * @param profile the profile that the pipeline was read with, for the run report
 * @param trigger who started the run, for the run report: {@code command}, {@code code} or a
 *     scheduler's own word
 * @param evolution contract modes for this run alone, taken whole in place of the pipeline's, the
 *     source's and the resource's own
 * @param plan what the run is held to
 * @param onLocked what the run does that finds another one at work; empty: what the pipeline says
 * @param refresh what is forgotten before the run
 * @param windows which windows of partitioned resources are loaded
 */
public record RunOptions(
    Set<String> select,
    LoadObserver observer,
    Redactor redactor,
    Optional<String> profile,
    String trigger,
    Optional<Evolution> evolution,
    Optional<PipelinePlan> plan,
    Optional<OnLocked> onLocked,
    Optional<Refresh> refresh,
    WindowChoice windows) {
  private static final String CODE = "code";

  public static final RunOptions DEFAULT = new RunOptions(Set.of(), LoadObserver.NONE);

  public RunOptions {
    select = Set.copyOf(select);
  }

  /** Options without secrets to hide. */
  public RunOptions(Set<String> select, LoadObserver observer) {
    this(select, observer, new Redactor());
  }

  /** Options of a run that a program starts. */
  public RunOptions(Set<String> select, LoadObserver observer, Redactor redactor) {
    this(
        select,
        observer,
        redactor,
        Optional.empty(),
        CODE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        WindowChoice.ALL);
  }

  public RunOptions withSelect(Set<String> names) {
    return new RunOptions(
        names, observer, redactor, profile, trigger, evolution, plan, onLocked, refresh, windows);
  }

  public RunOptions withProfile(Optional<String> name) {
    return new RunOptions(
        select, observer, redactor, name, trigger, evolution, plan, onLocked, refresh, windows);
  }

  public RunOptions withTrigger(String word) {
    return new RunOptions(
        select, observer, redactor, profile, word, evolution, plan, onLocked, refresh, windows);
  }

  public RunOptions withEvolution(Optional<Evolution> modes) {
    return new RunOptions(
        select, observer, redactor, profile, trigger, modes, plan, onLocked, refresh, windows);
  }

  public RunOptions withOnLocked(Optional<OnLocked> other) {
    return new RunOptions(
        select, observer, redactor, profile, trigger, evolution, plan, other, refresh, windows);
  }

  /** How runs of the pipeline treat each other, as this run takes it. */
  public Concurrency over(Concurrency concurrency) {
    return onLocked.map(concurrency::withOnLocked).orElse(concurrency);
  }

  /** A run of the resources of a plan, which does what the plan shows or nothing. */
  public RunOptions withPlan(PipelinePlan made) {
    Set<String> planned =
        made.resources().stream()
            .map(PipelinePlan.ResourcePlan::resource)
            .collect(Collectors.toSet());
    return new RunOptions(
        planned,
        observer,
        redactor,
        profile,
        trigger,
        evolution,
        Optional.of(made),
        onLocked,
        refresh,
        windows);
  }

  /** A run that forgets first what was loaded before. */
  public RunOptions withRefresh(Optional<Refresh> mode) {
    return new RunOptions(
        select, observer, redactor, profile, trigger, evolution, plan, onLocked, mode, windows);
  }

  /** A run of these windows of partitioned resources. */
  public RunOptions withWindows(WindowChoice choice) {
    return new RunOptions(
        select, observer, redactor, profile, trigger, evolution, plan, onLocked, refresh, choice);
  }

  /** The resource as this run takes it. */
  public ResourceSpec over(ResourceSpec resource) {
    return evolution.map(resource::withEvolution).orElse(resource);
  }
}
