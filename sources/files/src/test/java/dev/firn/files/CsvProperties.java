package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** FastCSV says what a table holds, however it is cut. */
class CsvProperties {
  private static final String KEYS =
      "{'path': 't.csv', 'options': {'header': false, 'null-if': []}}";
  private static final String CARELESS =
      "{'path': 't.csv', 'on-error': 'continue', 'options': {'header': false, 'null-if': []}}";

  @Property(tries = 500)
  void tablesCutAnywhereAreWhatFastCsvReads(
      @ForAll("tables") String table,
      @ForAll @IntRange(min = 1, max = 40) int split,
      @ForAll @IntRange(min = 1, max = 20) int window)
      throws IOException {
    withFile(
        table,
        folder -> {
          RecordingSink whole = Reading.read(folder, Reading.TUNING, KEYS);
          RecordingSink cut = Reading.read(folder, tuning(split, window), KEYS);

          assertThat(whole.records).isEqualTo(fastCsv(table));
          assertThat(cut.records).isEqualTo(whole.records);
          assertThat(cut.positions).isEqualTo(whole.positions);
        });
  }

  @Property(tries = 500)
  void faultsAreTheSameHoweverTheFileIsCut(
      @ForAll("rubbish") String text,
      @ForAll @IntRange(min = 1, max = 40) int split,
      @ForAll @IntRange(min = 1, max = 20) int window)
      throws IOException {
    withFile(
        text,
        folder -> {
          RecordingSink whole = Reading.read(folder, Reading.TUNING, CARELESS);
          RecordingSink cut = Reading.read(folder, tuning(split, window), CARELESS);

          assertThat(cut.records).isEqualTo(whole.records);
          assertThat(cut.padded).isEqualTo(whole.padded);
          assertThat(messages(cut)).isEqualTo(messages(whole));

          Path packed = folder.resolve("t.csv.zst");
          Files.write(packed, Zstd.compress(text.getBytes(StandardCharsets.UTF_8)));
          RecordingSink decoded =
              Reading.read(folder, tuning(split, window), CARELESS.replace("t.csv", "t.csv.zst"));
          Files.delete(packed);
          assertThat(decoded.records).isEqualTo(whole.records);
          assertThat(decoded.padded).isEqualTo(whole.padded);
          assertThat(messages(decoded))
              .isEqualTo(
                  messages(whole).stream().map(m -> m.replace("t.csv", "t.csv.zst")).toList());
        });
  }

  private static Tuning tuning(int split, int window) {
    return Reading.TUNING.withSplitBytes(split).withWindowBytes(window);
  }

  private static List<String> messages(RecordingSink sink) {
    return sink.rejected.stream().map(Throwable::getMessage).toList();
  }

  private static List<String> fastCsv(String table) throws IOException {
    try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(table)) {
      return rows.stream().map(row -> spelled(row.getFields())).toList();
    }
  }

  private static String spelled(List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> "\"c" + (i + 1) + "\": " + RecordingSink.quoted(cells.get(i)))
        .collect(Collectors.joining(" ", "{ ", " }"));
  }

  private interface Check {
    void on(Path folder) throws IOException;
  }

  private static void withFile(String text, Check check) throws IOException {
    Path folder = Files.createTempDirectory("csv");
    Path file = folder.resolve("t.csv");
    try {
      Files.writeString(file, text);
      check.on(folder);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  @Provide
  Arbitrary<String> tables() {
    Arbitrary<String> plain =
        Arbitraries.of("", "x", "1.5", "é", "漢字", "a\"b", "\u0001", " a ", "long text of a cell");
    Arbitrary<String> quoted =
        Arbitraries.of("a", "\"\"", ",", "\n", "\r\n", "\r", "é", "😀", " ", "longer text")
            .list()
            .ofMaxSize(4)
            .map(parts -> '"' + String.join("", parts) + '"');
    Arbitrary<String> cell =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, plain), net.jqwik.api.Tuple.of(2, quoted));
    return Arbitraries.integers()
        .between(2, 4)
        .flatMap(
            columns ->
                cell.list()
                    .ofSize(columns)
                    .map(cells -> String.join(",", cells))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(12))
        .flatMap(
            rows ->
                Arbitraries.of("\n", "\r\n", "\n\n")
                    .flatMap(
                        newline ->
                            Arbitraries.of("", newline)
                                .map(last -> String.join(newline, rows) + last)));
  }

  @Provide
  Arbitrary<String> rubbish() {
    return Arbitraries.of("a", "b,c", "\"", "\"\"", ",", "\n", "\n", "\r\n", "é", "\"x\"", "\r")
        .list()
        .ofMaxSize(30)
        .map(parts -> "h,i,j\n" + String.join("", parts));
  }
}
