package dev.firn.iceberg.internal.stage;

import dev.firn.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Every file of a load, noted in the package's folder before it is made, so that a crash leaves
 * none behind unknown. One line a file: table, tab, location.
 */
public final class StagedFilesJournal implements AutoCloseable {
  private static final String NAME = "staged-files";

  private final Writer lines;

  private StagedFilesJournal(Writer lines) {
    this.lines = lines;
  }

  /** One noted file. */
  public record Entry(TableName table, String path) {}

  /** Opens the journal of a package to add to it. */
  public static StagedFilesJournal open(Path folder) {
    try {
      Files.createDirectories(folder);
      return new StagedFilesJournal(
          Files.newBufferedWriter(
              folder.resolve(NAME),
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes a file; only then may it be created. */
  public synchronized void note(TableName table, String path) {
    try {
      lines.write(table + "\t" + path + "\n");
      lines.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the journal of a package holds; nothing when there is none. */
  public static List<Entry> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A last line without its end was being written at a crash: that file was never created.
  private static List<Entry> parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (int from = 0, end; (end = text.indexOf('\n', from)) >= 0; from = end + 1) {
      String line = text.substring(from, end);
      int tab = line.lastIndexOf('\t');
      if (tab > 0) {
        entries.add(new Entry(TableName.parse(line.substring(0, tab)), line.substring(tab + 1)));
      }
    }
    return entries;
  }

  @Override
  public synchronized void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
