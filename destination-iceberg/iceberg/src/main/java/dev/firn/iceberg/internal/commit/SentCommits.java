package dev.firn.iceberg.internal.commit;

import dev.firn.iceberg.internal.stage.PackageFailure;
import dev.firn.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which commits of a package were sent without an answer so far: the file {@code commits} in the
 * package's folder. Such a commit may still arrive as long as the table is what it was based on.
 */
final class SentCommits {
  private static final String SENT = "sent";
  private static final String ANSWERED = "answered";

  private final Path file;

  SentCommits(Path folder) {
    file = folder.resolve("commits");
  }

  /** Notes a commit that is about to be sent on top of a metadata file; empty: none. */
  void sending(TableName table, String base) {
    append(SENT + "\t" + table + "\t" + base + "\n");
  }

  /** Notes that the last one of a table was applied or refused for sure. */
  void answered(TableName table) {
    append(ANSWERED + "\t" + table + "\t\n");
  }

  /** Whether a commit on top of this metadata file may still be under way. */
  boolean mayArrive(TableName table, String base) {
    return base.equals(unanswered().get(table.toString()));
  }

  /** How many commits to this table were ever sent. */
  long count(TableName table) {
    String start = SENT + "\t" + table + "\t";
    return lines().stream().filter(line -> line.startsWith(start)).count();
  }

  private Map<String, String> unanswered() {
    Map<String, String> bases = new HashMap<>();
    for (String line : lines()) {
      String[] parts = line.split("\t", -1);
      if (parts.length == 3 && parts[0].equals(SENT)) {
        bases.put(parts[1], parts[2]);
      } else if (parts.length == 3 && parts[0].equals(ANSWERED)) {
        bases.remove(parts[1]);
      }
    }
    return bases;
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
