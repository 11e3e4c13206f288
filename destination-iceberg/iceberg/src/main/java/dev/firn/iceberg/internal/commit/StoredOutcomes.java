package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.io.Disk;
import dev.firn.iceberg.internal.merge.Outcomes;
import dev.firn.iceberg.internal.stage.PackageFailure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The outcomes that a merge's children are committed with, by number of their plan: each in a file
 * {@code outcomes-<number>} of the package's folder, from before the first of its commits.
 */
final class StoredOutcomes {
  private static final String NAME = "outcomes-";

  private final Path folder;
  private final TreeMap<Integer, Outcomes> byPlan = new TreeMap<>();

  private StoredOutcomes(Path folder) {
    this.folder = folder;
  }

  /** Those of a package so far; mostly none. */
  static StoredOutcomes read(Path folder) {
    StoredOutcomes stored = new StoredOutcomes(folder);
    for (int plan = 1; Files.exists(stored.file(plan)); plan++) {
      stored.byPlan.put(plan, readFile(stored.file(plan)));
    }
    return stored;
  }

  private Path file(int plan) {
    return folder.resolve(NAME + plan);
  }

  private static Outcomes readFile(Path file) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return Outcomes.read(in);
    } catch (IOException e) {
      throw PackageFailure.reading(file, e);
    }
  }

  boolean isEmpty() {
    return byPlan.isEmpty();
  }

  /** Those of the only plan; nothing when there are several. */
  Optional<Outcomes> only() {
    return byPlan.size() == 1 ? of(byPlan.firstKey()) : Optional.empty();
  }

  boolean has(int plan) {
    return byPlan.containsKey(plan);
  }

  Optional<Outcomes> of(int plan) {
    return Optional.ofNullable(byPlan.get(plan));
  }

  /** The number of the plan with these outcomes: the last one's if it has them, else the next. */
  int numberOf(Outcomes outcomes) {
    Map.Entry<Integer, Outcomes> last = byPlan.lastEntry();
    if (last == null) {
      return 1;
    }
    return last.getValue().equals(outcomes) ? last.getKey() : last.getKey() + 1;
  }

  /** Whether the last plan's are the same row by row, whatever snapshots they are of. */
  boolean lastIsLike(Outcomes outcomes) {
    Map.Entry<Integer, Outcomes> last = byPlan.lastEntry();
    return last != null && last.getValue().hasRowsOf(outcomes);
  }

  /** Forgets all of them, when no child is committed any more. */
  void forget() {
    try {
      for (int plan : byPlan.descendingKeySet()) {
        Files.deleteIfExists(file(plan));
      }
    } catch (IOException e) {
      throw PackageFailure.writing(folder, e);
    }
    byPlan.clear();
  }

  /** Writes those of a plan whole or not at all, unless they are there. */
  void keep(int plan, Outcomes outcomes) {
    if (byPlan.containsKey(plan)) {
      return;
    }
    try {
      Path part = folder.resolve(NAME + "part");
      try (FileOutputStream file = new FileOutputStream(part.toFile())) {
        outcomes.write(new BufferedOutputStream(file));
        file.getFD().sync();
      }
      Files.move(
          part, file(plan), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Disk.LOCAL.forceFolder(folder); // a commit that names the plan must not outlive it
    } catch (IOException e) {
      throw PackageFailure.writing(file(plan), e);
    }
    byPlan.put(plan, outcomes);
  }
}
