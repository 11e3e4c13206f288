package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
  private static final Tuning TINY = Reading.TUNING.withSplitBytes(9).withWindowBytes(4);

  @TempDir Path folder;

  @Test
  void theHeaderNamesTheColumns() throws IOException {
    write(
        "a.csv",
        "\uFEFFid,\"the \"\"name\"\"\"\r\n\r\n1,\"J\u00fcrgen, \"\"X\"\"\r\nY\"\r\n2,\r\n3,\"\"\r\n");

    assertThat(read("{'path':'a.csv'}").records)
        .containsExactly(
            "{ \"id\": \"1\" \"the \\\"name\\\"\": \"J\u00fcrgen, \\\"X\\\"\r\nY\" }",
            "{ \"id\": \"2\" \"the \\\"name\\\"\": null }",
            "{ \"id\": \"3\" \"the \\\"name\\\"\": \"\" }");
  }

  @Test
  void headerMayNameVeryManyColumns() throws IOException {
    StringBuilder header = new StringBuilder("c0");
    for (int i = 1; i < 100_000; i++) {
      header.append(",column_").append(i);
    }
    write("a.csv", header + "\n1\n");

    assertThat(read("{'path':'a.csv'}").records).hasSize(1);
  }

  @Test
  void filesWithTheSameNamesShareTheirKeys() throws IOException {
    write("a.csv", "a,b\n1,2\n");
    write("b.csv", "b,a\n1,2\n");
    ResourceReader reader = Reading.reader(folder, TINY, "{'path':'*.csv'}");
    RecordingSink sink = Reading.read(reader);
    reader.samples(Reading.everything()).forEach(sample -> sample.read(sink));

    assertThat(sink.records).hasSize(3);
    assertThat(sink.keys).hasSize(2);
  }

  @Test
  void filesWithoutHeaderHaveNumberedColumns() throws IOException {
    write("a.tsv", "1\tx\n2\ty");

    assertThat(read("{'path':'a.tsv','options':{'header':false}}").records)
        .containsExactly("{ \"c1\": \"1\" \"c2\": \"x\" }", "{ \"c1\": \"2\" \"c2\": \"y\" }");
  }

  @Test
  void nullTokensAreNullUnlessQuoted() throws IOException {
    write("a.csv", "a;b;c\nNA;|NA|;\n");

    assertThat(
            read("{'path':'a.csv','options':{'delimiter':';','quote':'|','null-if':['NA']}}")
                .records)
        .containsExactly("{ \"a\": null \"b\": \"NA\" \"c\": \"\" }");
  }

  @Test
  void anEscapeMakesTheNextCharacterOrdinary() throws IOException {
    write("a.csv", "a,b\nx\\,y\\\\,\"q\\\"r\ns\"\nv\\\nw,\\é\\x\n");

    assertThat(read("{'path':'a.csv','options':{'escape':'\\\\'}}").records)
        .containsExactly(
            "{ \"a\": \"x,y\\\\\" \"b\": \"q\\\"r\ns\" }", "{ \"a\": \"v\nw\" \"b\": \"éx\" }");
  }

  @Test
  void shortRowsArePaddedAndCounted() throws IOException {
    write("a.csv", "a,b,c\n1\n1,2\n1,2,3\n");

    RecordingSink sink = read("{'path':'a.csv'}");

    assertThat(sink.padded).isEqualTo(2);
    assertThat(sink.records)
        .containsExactly(
            "{ \"a\": \"1\" }",
            "{ \"a\": \"1\" \"b\": \"2\" }",
            "{ \"a\": \"1\" \"b\": \"2\" \"c\": \"3\" }");
  }

  @Test
  void faultsNameTheirPlace() throws IOException {
    write("a.csv", "a,b\n1,2\n\"x\n\",2,3\n");
    write("b.csv", "a,b,a\n1,2,3\n");
    write("c.csv", "a,b\n1,\"2\"x\n");
    write("g.csv", "a,b\r1,2\r3,4\r");
    write("d.csv", "a,b\n1,\"2\n3,4\n");
    Files.write(
        folder.resolve("e.csv"), "a,b\n1,\"\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(folder.resolve("f.csv"), "a,b\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertFault("a", "a.csv:4:5: found a cell number 3 in a row of 2 columns");
    assertFault("b", "b.csv:1:5: the header names column 'a' twice");
    assertFault(
        "g", "g.csv:1:3: found a carriage return after 'b' in the header; rows end in LF or CRLF");
    assertFault(
        "c",
        "c.csv:2:6: found 'x', expected a delimiter or the end of the row after a quoted cell");
    assertFault("d", "d.csv:2:3: a quoted cell begins that is not closed");
    assertFault("e", "e.csv:2:4: byte 0xE9 is no valid UTF-8 here");
    assertFault("f", "f.csv:2:3: byte 0xE9 is no valid UTF-8 here");
  }

  @Test
  void goingOnTakesTheNextRow() throws IOException {
    write("a.csv", "a,b\n1,\"2\"x\n\"\n\",5,6\n3,4\n");

    RecordingSink sink = read("{'path':'a.csv','on-error':'continue'}");

    assertThat(sink.records).containsExactly("{ \"a\": \"3\" \"b\": \"4\" }");
    assertThat(sink.rejected).hasSize(2);
  }

  @Test
  void aRowOverTheLimitIsToldWithItsPlace() throws IOException {
    write("a.csv", "a,b\n1,\"" + "x\n".repeat(300) + "\n2,3\n");
    Tuning tuning = TINY.withLimits(new RecordLimits(10, 200, 100));

    FirnException fault =
        catchThrowableOfType(
            FirnException.class, () -> Reading.read(folder, tuning, "{'path':'a.csv'}"));

    assertThat(fault.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(fault).hasMessageStartingWith("a.csv:2:1: a row of more than 200 bytes");
  }

  @Test
  void compressedAndTranscodedFilesEqualPlainOnes() throws IOException {
    String table = "a,b\n1,\"x\ny\"\n" + "2,J\u00fcrgen\n".repeat(30);
    write("p.csv", table);
    Files.write(folder.resolve("z.csv.zst"), Zstd.compress(table.getBytes(StandardCharsets.UTF_8)));
    Files.write(folder.resolve("l.csv"), table.getBytes(StandardCharsets.ISO_8859_1));
    List<String> plain = read("{'path':'p.csv'}").records;

    assertThat(plain).hasSize(31);
    assertThat(read("{'path':'z.csv.zst'}").records).isEqualTo(plain);
    assertThat(read("{'path':'l.csv','options':{'charset':'latin1'}}").records).isEqualTo(plain);
  }

  @Test
  void samplesLeaveTheHeaderOut() throws IOException {
    write("a.csv", "a,b\n" + "1,2\n".repeat(1000));
    Tuning tuning = new Tuning(8 << 20, 64, 40, 20, RecordLimits.DEFAULT);

    List<Split> samples =
        Reading.reader(folder, tuning, "{'path':'a.csv'}").samples(Reading.everything());

    assertThat(samples).hasSizeBetween(16, 32);
    for (Split sample : samples) {
      RecordingSink sink = new RecordingSink();
      sample.read(sink);
      assertThat(sink.records).isNotEmpty().containsOnly("{ \"a\": \"1\" \"b\": \"2\" }");
    }
  }

  private void assertFault(String file, String message) {
    FirnException fault =
        catchThrowableOfType(FirnException.class, () -> read("{'path':'" + file + ".csv'}"));
    assertThat(fault).as(file).hasMessage(message);
    assertThat(fault.code()).isEqualTo(ErrorCode.MALFORMED_DATA);
  }

  private RecordingSink read(String keys) {
    return Reading.read(folder, TINY, keys);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
