package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.firn.source.ResourceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileColumnsTest {
  private static final Tuning TINY = Reading.TUNING.withSplitBytes(30).withWindowBytes(8);
  private static final String ALL = "'file-columns': ['_firn_file', '_firn_row', '_firn_modified']";

  @TempDir Path folder;

  @Test
  void everyRecordSaysWhereItComesFrom() throws IOException {
    write("a.jsonl", "{\"o\":{}}\n\n{\"i\":2}\n");
    write("b.json", "[{\"i\":1}, 7, {\"i\":3}]");

    RecordingSink sink = Reading.read(folder, TINY, "{'path': './', " + ALL + "}");

    assertThat(sink.records)
        .containsExactly(
            "{ \"o\": { } \"_firn_file\": \"./a.jsonl\" \"_firn_row\": 1 \"_firn_modified\": micros 5000000 }",
            "{ \"i\": 2 \"_firn_file\": \"./a.jsonl\" \"_firn_row\": 2 \"_firn_modified\": micros 5000000 }",
            "{ \"i\": 1 \"_firn_file\": \"./b.json\" \"_firn_row\": 1 \"_firn_modified\": micros 5000000 }",
            "7",
            "{ \"i\": 3 \"_firn_file\": \"./b.json\" \"_firn_row\": 3 \"_firn_modified\": micros 5000000 }");
  }

  @Test
  void rowsAreCountedOverAllSplitsOfEveryFormat() throws IOException {
    String csv = "i\n" + numbers("\"%d\n\"\n");
    write("a.csv", csv);
    Files.write(folder.resolve("b.csv.zst"), Zstd.compress(csv.getBytes(StandardCharsets.UTF_8)));
    write("c.jsonl", numbers("{\"i\":%d}\n \n"));
    write("d.json", "[" + numbers("{\"i\":%d},") + "{}]");

    for (String file : List.of("a.csv", "b.csv.zst", "c.jsonl", "d.json")) {
      String keys = "{'path': '" + file + "', 'file-columns': '_firn_row'}";
      List<String> records = Reading.read(folder, TINY, keys).records;
      assertThat(records).hasSizeBetween(50, 51);
      for (int i = 0; i < 50; i++) {
        assertThat(records.get(i)).as(file).contains(" \"_firn_row\": " + (i + 1) + " }");
        assertThat(records.get(i)).as(file).contains(String.valueOf(i));
      }
    }
  }

  @Test
  void samplesHaveTheColumnsToo() throws IOException {
    write("a.csv", "i\n1\n");
    ResourceReader reader =
        Reading.reader(folder, TINY, "{'path': 'a.csv', 'file-columns': ['_firn_file']}");
    RecordingSink sink = new RecordingSink();

    reader.samples(Reading.everything()).forEach(sample -> sample.read(sink));

    assertThat(sink.records).containsExactly("{ \"i\": \"1\" \"_firn_file\": \"a.csv\" }");
    assertThat(reader.fileColumns()).containsExactly("_firn_file");
  }

  private static String numbers(String format) {
    return IntStream.range(0, 50)
        .mapToObj(i -> String.format(format, i))
        .collect(Collectors.joining());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(5_000));
  }
}
