package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.stage.PackageFailure;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableMetadata;

/**
 * Which commits of a package were sent, and what became of them: the file {@code commits} in the
 * package's folder. One without an answer may still arrive as long as the table is what it was
 * based on; after one that was applied, a catalog that shows the table as it was before is behind.
 */
final class SentCommits {
  private static final String SENT = "sent";
  private static final String REFUSED = "refused";
  private static final String APPLIED = "applied";

  private final Path file;

  SentCommits(Path folder) {
    file = folder.resolve("commits");
  }

  /** Notes a commit that is about to be sent on top of a metadata file; empty: none. */
  void sending(TableName table, String base) {
    append(SENT + "\t" + table + "\t" + base + "\n");
  }

  /** Notes that the last one of a table was refused for sure. */
  void refused(TableName table) {
    append(REFUSED + "\t" + table + "\t\n");
  }

  /** Notes that the last one of a table was applied for sure. */
  void applied(TableName table, TableMetadata made) {
    append(APPLIED + "\t" + table + "\t" + made.lastUpdatedMillis() + "\n");
  }

  /** Whether a commit on top of this metadata file may still be under way. */
  boolean mayArrive(TableName table, String base) {
    Bases bases = bases(table);
    return bases.open.filter(base::equals).isPresent();
  }

  /** Whether a table is shown as a commit was based on that was applied: a cache lags. */
  boolean isBaseOfApplied(TableName table, TableMetadata shown) {
    return bases(table).applied.contains(String.valueOf(shown.metadataFileLocation()));
  }

  /** Whether a table is shown as it was before the newest commit that was applied. */
  boolean isOlderThanApplied(TableName table, TableMetadata shown) {
    return shown.lastUpdatedMillis() < bases(table).newest;
  }

  /** Whether a commit to this table was applied for sure. */
  boolean wasApplied(TableName table) {
    return bases(table).newest > Long.MIN_VALUE;
  }

  /** How many commits to this table were ever sent. */
  long count(TableName table) {
    String start = SENT + "\t" + table + "\t";
    return lines().stream().filter(line -> line.startsWith(start)).count();
  }

  private Bases bases(TableName table) {
    Bases bases = new Bases();
    for (String line : lines()) {
      String[] parts = line.split("\t", -1);
      if (parts.length == 3 && parts[1].equals(table.toString())) {
        bases.add(parts[0], parts[2]);
      }
    }
    return bases;
  }

  /** What the commits of one table were based on. */
  private static final class Bases {
    private Optional<String> open = Optional.empty();
    private final Set<String> applied = new HashSet<>();
    private long newest = Long.MIN_VALUE;

    void add(String what, String said) {
      switch (what) {
        case SENT -> open = Optional.of(said);
        case REFUSED -> open = Optional.empty();
        case APPLIED -> {
          open.ifPresent(applied::add);
          open = Optional.empty();
          newest = Long.parseLong(said);
        }
        default -> {
          // half a line, of a machine that stopped
        }
      }
    }
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw PackageFailure.reading(file, e);
    }
  }

  private void append(String line) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw PackageFailure.writing(file, e);
    }
  }
}
