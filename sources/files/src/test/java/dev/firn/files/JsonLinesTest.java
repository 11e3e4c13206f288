package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.RecordLimits;
import dev.firn.source.ResourceReader;
import dev.firn.source.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
  private static final Tuning TINY = Reading.TUNING.withSplitBytes(7).withWindowBytes(5);

  @TempDir Path folder;

  @Test
  void everyLineIsARecordInTheOrderOfFiles() throws IOException {
    write("b.jsonl", "{\"id\": 3}\n{\"id\": 4}");
    write(
        "a.jsonl",
        "{\"id\": 1, \"name\": \"\\u00e9\\n\"}\r\n\n   \n{\"id\": 2, \"list\": [1.5, null, true]}\n");

    RecordingSink sink = Reading.read(folder, Reading.TUNING, "{'path': '*.jsonl'}");

    assertThat(sink.records)
        .containsExactly(
            "{ \"id\": 1 \"name\": \"é\n\" }",
            "{ \"id\": 2 \"list\": [ 1.5 null true ] }",
            "{ \"id\": 3 }",
            "{ \"id\": 4 }");
  }

  @Test
  void splitsOfAnySizeGiveTheSameRecordsAtTheSamePositions() throws IOException {
    StringBuilder lines = new StringBuilder("\uFEFF");
    IntStream.range(0, 60)
        .forEach(i -> lines.append("{\"i\":").append(i).append("}").append("\n".repeat(1 + i % 3)));
    write("a.jsonl", lines.toString());
    RecordingSink whole = Reading.read(folder, Reading.TUNING, "{'path': 'a.jsonl'}");

    for (int split = 1; split < 80; split++) {
      for (int window : new int[] {1, 9, 64}) {
        Tuning tuning = Reading.TUNING.withSplitBytes(split).withWindowBytes(window);
        RecordingSink cut = Reading.read(folder, tuning, "{'path': 'a.jsonl'}");
        assertThat(cut.records).isEqualTo(whole.records).hasSize(60);
        assertThat(cut.positions).isEqualTo(whole.positions);
      }
    }
  }

  @Test
  void readingAgainHandsOutTheSameSplits() throws IOException {
    write("a.jsonl", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
    write("b.jsonl", "{\"id\":4}\n{\"id\":5}\n");
    ResourceReader reader = Reading.reader(folder, TINY, "{'path': './'}");
    List<Split> all = Reading.splits(reader);

    for (Split split : all) {
      List<Split> again =
          Reading.splits(reader.open(Reading.everything().only(o -> o == split.ordinal())));
      assertThat(again).hasSize(1);
      assertThat(again.get(0).ordinal()).isEqualTo(split.ordinal());
      assertThat(records(again.get(0))).isEqualTo(records(split));
    }
    assertThat(all).extracting(Split::group).contains("./a.jsonl", "./b.jsonl");
  }

  @Test
  void aFaultNamesFileLineAndColumn() throws IOException {
    write("a.jsonl", "{\"id\":1}\n\n{\"id\":2,\"é\":\"x\", }\n{\"id\":3}\n");

    FirnException fault = fault(TINY, "{'path': 'a.jsonl'}");

    assertThat(fault.code()).isEqualTo(ErrorCode.MALFORMED_DATA);
    assertThat(fault).hasMessage("a.jsonl:3:18: found '}', expected a key in double quotes");
  }

  @Test
  void aBadByteIsToldWithItsPlace() throws IOException {
    Files.write(
        folder.resolve("a.jsonl"),
        "{\"a\":\"x\"}\n{\"a\":\"..\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(fault(Reading.TUNING, "{'path': 'a.jsonl'}"))
        .hasMessage("a.jsonl:2:9: byte 0xFF is no valid UTF-8 here");
  }

  @Test
  void goingOnRejectsJustTheRecordsThatCannotBeRead() throws IOException {
    write("a.jsonl", "{\"id\":1}\n{\"id\":\n{\"id\":2}\n}{\n{\"id\":3} x\n{\"id\":4}\n{\"id\"");

    RecordingSink sink = Reading.read(folder, TINY, "{'path': 'a.jsonl', 'on-error': 'continue'}");

    assertThat(sink.records).containsExactly("{ \"id\": 1 }", "{ \"id\": 2 }", "{ \"id\": 4 }");
    assertThat(sink.rejected)
        .extracting(Throwable::getMessage)
        .containsExactly(
            "a.jsonl:2:7: found the end of the line, expected a value",
            "a.jsonl:4:1: found '}', expected a value",
            "a.jsonl:5:10: found 'x', expected the end of the line after a record",
            "a.jsonl:7:6: found the end of the data, expected ':' after a key");
  }

  @Test
  void tooManyRejectedRecordsEndTheReading() throws IOException {
    write("a.jsonl", "x\nx\nx\n");

    FirnException fault =
        fault(TINY, "{'path': 'a.jsonl', 'on-error': 'continue', 'max-errors': 2}");

    assertThat(fault.code()).isEqualTo(ErrorCode.MALFORMED_DATA);
    assertThat(fault)
        .hasMessageContaining("More than 2 records")
        .hasMessageContaining("a.jsonl:3:1");
  }

  @Test
  void aLineOverTheLimitIsToldWithItsPlaceAndCanBeLeftOut() throws IOException {
    write("a.jsonl", "{\"id\":1}\n{\"id\":\"" + "x".repeat(500) + "\"}\n{\"id\":2}\n");
    Tuning tuning = TINY.withLimits(new RecordLimits(10, 100, 50));

    FirnException fault = fault(tuning, "{'path': 'a.jsonl'}");
    RecordingSink rest =
        Reading.read(folder, tuning, "{'path': 'a.jsonl', 'on-error': 'continue'}");

    assertThat(fault.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(fault).hasMessage("a.jsonl:2:1: a line of more than 100 bytes (limits.line-bytes)");
    assertThat(rest.records).containsExactly("{ \"id\": 1 }", "{ \"id\": 2 }");
    assertThat(rest.rejected).hasSize(1);
    assertThat(rest.positions).as("the record that is left out has its own place").contains(9L);
  }

  @Test
  void depthAndStringsAreLimited() throws IOException {
    write("a.jsonl", "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}\n");
    write("b.jsonl", "{\"a\":\"" + "\\n".repeat(60) + "\"}\n");

    assertThat(fault(Reading.TUNING, "{'path': 'a.jsonl', 'format': 'ndjson'}"))
        .hasMessage("a.jsonl:1:1005: more than 1000 levels of nesting (limits.depth)");
    assertThat(fault(TINY.withLimits(new RecordLimits(10, 1000, 50)), "{'path': 'b.jsonl'}"))
        .hasMessage("b.jsonl:1:6: a string of more than 50 bytes (limits.string-bytes)");
  }

  @Test
  void numbersAreLimited() throws IOException {
    write("a.jsonl", "{\"n\":" + "9".repeat(1_000) + "}\n{\"n\":-" + "9".repeat(1_000) + "}\n");

    FirnException fault = fault(Reading.TUNING, "{'path': 'a.jsonl'}");

    assertThat(fault.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(fault).hasMessage("a.jsonl:2:6: a number of more than 1000 characters");
  }

  @Test
  void samplesAreSpreadOverAllFilesAndHoldWholeLines() throws IOException {
    for (char file = 'a'; file < 'd'; file++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 20_000; i++) {
        lines.append("{\"").append(file).append("\":").append(i).append("}\n");
      }
      write(file + ".jsonl", lines.toString());
    }
    Tuning tuning = new Tuning(8 << 20, 4096, 1000, 24, RecordLimits.DEFAULT);

    List<Split> samples =
        Reading.reader(folder, tuning, "{'path': '*.jsonl'}").samples(Reading.everything());

    assertThat(samples).hasSizeBetween(16, 32);
    assertThat(samples.stream().map(Split::group).distinct()).hasSize(3);
    assertThat(samples).allSatisfy(each -> assertThat(records(each)).isNotEmpty());
    assertThat(records(samples.get(0)).get(0)).isEqualTo("{ \"a\": 0 }");
  }

  private FirnException fault(Tuning tuning, String keys) {
    FirnException fault =
        catchThrowableOfType(FirnException.class, () -> Reading.read(folder, tuning, keys));
    assertThat(fault).isNotNull();
    return fault;
  }

  private static List<String> records(Split split) {
    RecordingSink sink = new RecordingSink();
    split.read(sink);
    return sink.records;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
