package dev.firn.internal.run;

import dev.firn.batch.BatchSet;
import dev.firn.destination.Staging;
import dev.firn.engine.SplitWorker;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.LoadSummary;
import dev.firn.internal.normalize.NormalizeWorker;
import dev.firn.internal.normalize.Normalizer;
import dev.firn.internal.normalize.StagedSet;
import dev.firn.load.LoadId;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceReader;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All readings of one load: the first, and those that bring misfits again. */
final class Reading {
  /**
   * Reading again settles the types in one round; more mean a source that changes under the load.
   */
  private static final int MOST_ROUNDS = 10;

  /** What is read again counts only once. */
  private static final Meter READ_BEFORE = (bytes, records) -> {};

  private final Task task;
  private final LoadId loadId;
  private final ResourceReader reader;
  private final Normalizer normalizer;
  private final Staging staging;
  private final ReadRequest request;
  private final List<String> warnings = new ArrayList<>();
  private List<StagedSet> sets = new ArrayList<>();
  private LoadSummary summary;
  private Function<Set<String>, Optional<String>> tracking = leftOut -> Optional.empty();
  private final Set<String> condemned = new HashSet<>();

  /** Groups of the splits that came so far, by ordinal. */
  private final Map<Long, String> groups = new HashMap<>();

  private boolean unchanged;
  private final LongAdder bytes = new LongAdder();

  Reading(Task task, LoadId loadId, Normalizer normalizer, Staging staging, ReadRequest request) {
    this.task = task;
    this.loadId = loadId;
    this.reader = task.reader();
    this.normalizer = normalizer;
    this.staging = staging;
    this.request = request;
    this.summary = normalizer.sum(List.of());
  }

  /** What all sets that stay amount to. */
  LoadSummary summary() {
    return summary;
  }

  /** Ids of the sets that stay. */
  Set<Long> kept() {
    Set<Long> kept = new HashSet<>();
    sets.forEach(set -> kept.add(set.id()));
    return kept;
  }

  /** Whether all input was loaded before. */
  boolean unchanged() {
    return unchanged;
  }

  /** Bytes of input, each counted once. */
  long bytes() {
    return bytes.sum();
  }

  /** What a user should know about the input. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Reads until all sets fit the types that their values ask for together.
   *
   * @param guess whether to begin with types guessed from samples
   */
  void run(boolean guess) {
    if (guess) {
      normalizer.sample(reader.samples(request));
    }
    condemned.addAll(first());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Set<Long> wrong = broken();
      if (wrong.isEmpty()) {
        summary = normalizer.sum(sets);
        wrong = summary.misfits();
        normalizer.adopt(summary);
      }
      if (wrong.isEmpty()) {
        wrong = normalizer.holdBack(summary, sets);
      }
      if (wrong.isEmpty()) {
        return;
      }
      condemned.addAll(again(wrong));
    }
    throw new FirnException(
        ErrorCode.SOURCE_UNAVAILABLE,
        "Resource %s brings other records each time it is read.".formatted(task.resource().name()),
        "Load from a source that does not change while it is read.");
  }

  private Set<String> first() {
    try (SplitStream stream = reader.open(request)) {
      Set<String> broken = read(new UntilPast(stream, normalizer), this::count);
      tracking = stream::tracking;
      unchanged = stream.unchanged();
      warnings.addAll(stream.warnings());
      return broken;
    }
  }

  /** Sets with rows of files that are left out. */
  private Set<Long> broken() {
    Set<Long> ids = new HashSet<>();
    for (StagedSet set : sets) {
      if (set.groups().stream().anyMatch(condemned::contains)) {
        ids.add(set.id());
      }
    }
    return ids;
  }

  private Set<String> again(Set<Long> wrong) {
    Set<Long> splits = new HashSet<>();
    List<StagedSet> kept = new ArrayList<>();
    for (StagedSet set : sets) {
      if (wrong.contains(set.id())) {
        set.runs().forEach(run -> splits.add(run.split()));
      } else {
        kept.add(set);
      }
    }
    sets = kept;
    normalizer.forget(wrong);
    try (SplitStream stream = reader.open(request.only(splits::contains))) {
      Set<String> broken = read(stream, READ_BEFORE);
      requireAll(splits, broken);
      return broken;
    }
  }

  /** A split that is not delivered again would be rows lost. */
  private void requireAll(Set<Long> splits, Set<String> broken) {
    Set<Long> missing = new HashSet<>(splits);
    sets.forEach(set -> set.runs().forEach(run -> missing.remove(run.split())));
    missing.removeIf(split -> leftOut(groups.get(split), broken));
    if (!missing.isEmpty()) {
      throw new FirnException(
          ErrorCode.SOURCE_UNAVAILABLE,
          "Resource %s: %s of the input could not be read again."
              .formatted(task.resource().name(), Amount.of(missing.size(), "part")),
          "Load from a source that does not change while it is read.");
    }
  }

  private boolean leftOut(@Nullable String group, Set<String> broken) {
    return group != null && (condemned.contains(group) || broken.contains(group));
  }

  /** What the resource is to remember of its input. */
  Optional<String> tracking() {
    return tracking.apply(condemned);
  }

  private Set<String> read(SplitStream stream, Meter meter) {
    List<Worker> workers = new ArrayList<>();
    try {
      for (int i = 0; i < task.pipeline().limits().workers(); i++) {
        workers.add(new Worker(normalizer.worker(this::stage), meter));
      }
      Map<String, FirnException> broken =
          task.engine().read(new Wanted(stream), workers, reader.skipsBrokenGroups());
      broken.forEach((group, e) -> warnings.add(skipped(group, e)));
      workers.forEach(worker -> sets.addAll(worker.normalizer.staged()));
      return broken.keySet();
    } finally {
      workers.forEach(worker -> worker.normalizer.close());
    }
  }

  private void stage(BatchSet set) {
    staging.write(set);
    task.observer().staged(loadId, set.root().rows());
  }

  private void count(long read, long records) {
    bytes.add(read);
    task.observer().read(read, records);
  }

  /** The message as a rule names the file, with the place in it. */
  private static String skipped(String group, FirnException e) {
    String why = String.valueOf(e.getMessage());
    return "Skipped " + (why.startsWith(group) ? why : group + ": " + why);
  }

  /** Is told what was read. */
  private interface Meter {
    void read(long bytes, long records);
  }

  /** A worker that tells what it reads. */
  private static final class Worker implements SplitWorker {
    private final NormalizeWorker normalizer;
    private final Meter meter;
    private long told;

    Worker(NormalizeWorker normalizer, Meter meter) {
      this.normalizer = normalizer;
      this.meter = meter;
    }

    @Override
    public void load(Split split) {
      normalizer.load(split);
      long records = normalizer.recordsRead();
      meter.read(split.bytes(), records - told);
      told = records;
    }

    @Override
    public void finish() {
      normalizer.flush();
    }
  }

  /** A stream that ends where a sorted source is past the range of the cursor. */
  private record UntilPast(SplitStream stream, Normalizer normalizer) implements SplitStream {
    @Override
    public Optional<Split> next() {
      if (!normalizer.pastRange()) {
        return stream.next();
      }
      stream.stop();
      return Optional.empty();
    }
  }

  /** A stream without the splits of condemned groups. */
  private final class Wanted implements SplitStream {
    private final SplitStream stream;

    Wanted(SplitStream stream) {
      this.stream = stream;
    }

    @Override
    public Optional<Split> next() {
      Optional<Split> split = stream.next();
      while (split.isPresent() && condemned.contains(split.get().group())) {
        split = stream.next();
      }
      split.ifPresent(found -> groups.put(found.ordinal(), found.group()));
      return split;
    }
  }
}
