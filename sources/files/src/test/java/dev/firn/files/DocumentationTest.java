package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.error.FirnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on the files source names every key that the code reads, and no other. */
class DocumentationTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  @Test
  void everyKeyHasItsRow() throws IOException {
    Set<String> read = new TreeSet<>(FileSettings.KEYS);
    FormatOptions.KEYS.forEach(key -> read.add("options." + key));
    FileSettings.TRACK_KEYS.forEach(key -> read.add("track." + key));
    read.addAll(FileColumns.KNOWN);
    for (FileSettings.OnError word : FileSettings.OnError.values()) {
      read.add(word.name().toLowerCase(java.util.Locale.ROOT));
    }

    assertThat(rows()).isEqualTo(read);
  }

  @Test
  void aMistakeInTheKeysLeadsToThePage() {
    Problems problems = Problems.none();
    problems.add("x");

    FirnException told = catchThrowableOfType(FirnException.class, problems::raise);

    assertThat(told.hint()).contains("docs/files.md");
    assertThat(page()).exists();
  }

  private static Set<String> rows() throws IOException {
    return ROW.matcher(Files.readString(page()))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path page() {
    return Path.of("../../docs/files.md");
  }
}
