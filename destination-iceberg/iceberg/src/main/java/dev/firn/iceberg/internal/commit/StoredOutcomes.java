package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.merge.Outcomes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The outcomes that a merge's children are committed with, kept in the package's folder (file
 * {@code outcomes}) from before the first of these commits.
 *
 * @param plan number of the plan
 */
record StoredOutcomes(int plan, Outcomes outcomes) {
  private static final String NAME = "outcomes";

  static Optional<StoredOutcomes> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return Optional.of(new StoredOutcomes(in.readInt(), Outcomes.read(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes them whole or not at all. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Path part = folder.resolve(NAME + ".part");
      try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(part))) {
        out.writeInt(plan);
        outcomes.write(out);
      }
      Files.move(
          part,
          folder.resolve(NAME),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
