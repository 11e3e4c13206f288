package dev.firn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.RecordLimits;
import dev.firn.source.ResourceReader;
import dev.firn.source.Split;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is read from its beginning: compressed files, documents, the standard input. */
class StreamsTest {
  private static final Tuning TINY = Reading.TUNING.withSplitBytes(40).withWindowBytes(16);
  private static final String OBJECT = "{\"i\":%d,\"s\":\"]}\\\"[{\",\"l\":[[1],{}]}";

  @TempDir Path folder;

  @Test
  void compressedLinesEqualPlainOnes() throws IOException {
    String lines = records("\n");
    write("plain.jsonl", lines.getBytes(StandardCharsets.UTF_8));
    write("a.jsonl.gz", gzip(lines));
    write("b.jsonl.zst", Zstd.compress(lines.getBytes(StandardCharsets.UTF_8)));
    List<String> plain = read("plain.jsonl").records;

    assertThat(plain).hasSize(50);
    assertThat(read("a.jsonl.gz").records).isEqualTo(plain);
    assertThat(read("b.jsonl.zst").records).isEqualTo(plain);
  }

  @Test
  void allMembersOfAGzipAreRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) {
      out.write(gzip("{\"i\":" + i + "}\n"));
    }
    write("a.jsonl.gz", out.toByteArray());

    assertThat(read("a.jsonl.gz").records).hasSize(5);
  }

  @Test
  void listsObjectsAndConcatenatedValuesEqualLines() throws IOException {
    write("plain.jsonl", records("\n").getBytes(StandardCharsets.UTF_8));
    write("list.json", ("\uFEFF[" + records(" ,\n ") + "]\n").getBytes(StandardCharsets.UTF_8));
    write("concatenated.json", (" " + records("")).getBytes(StandardCharsets.UTF_8));
    write("list.json.gz", gzip("[" + records(",") + "]"));
    write(
        "path.json",
        ("{\"a\":[{\"data\":0}],\"d\":{\"data\":[" + records(",") + "]},\"z\":null}")
            .getBytes(StandardCharsets.UTF_8));
    List<String> plain = read("plain.jsonl").records;

    assertThat(read("list.json").records).isEqualTo(plain).hasSize(50);
    assertThat(read("concatenated.json").records).isEqualTo(plain);
    assertThat(read("list.json.gz").records).isEqualTo(plain);
    assertThat(read("{'path': 'path.json', 'options': {'path': '$.d.data[*]'}}", TINY).records)
        .isEqualTo(plain);
    assertThat(read("{'path': 'path.json', 'options': {'path': 'd.data'}}", TINY).records)
        .isEqualTo(plain);
  }

  @Test
  void aPathGoesThroughSeveralLists() throws IOException {
    write(
        "a.json",
        "{\"p\":[{\"i\":[1,2],\"x\":[9]},{\"i\":null},{\"i\":[]},{\"i\":[[3]]}]}".getBytes());

    RecordingSink sink = read("{'path':'a.json','options':{'path':'$.p[*].i[*]'}}", TINY);

    assertThat(sink.records).containsExactly("1", "2", "[ 3 ]");
  }

  @Test
  void aPrettyObjectIsOneRecord() throws IOException {
    write("a.json", "{\n  \"a\": 1,\n  \"b\": [\n 2 ]\n}\n".getBytes());

    assertThat(read("a.json").records).containsExactly("{ \"a\": 1 \"b\": [ 2 ] }");
  }

  @Test
  void faultsInDocumentsNameTheirPlace() throws IOException {
    write("a.json", "[\n {\"i\":1},\n {\"i\":é}\n]".getBytes(StandardCharsets.UTF_8));
    write("b.json", "[\n {\"i\":1}\n {\"i\":2}\n]".getBytes());
    write("c.json", "[{\"i\":1},\n{\"i\":[2".getBytes());
    write("d.json", "[{\"i\":1},\n]".getBytes());
    write("e.json", "[{\"i\":1}".getBytes());

    assertThat(fault("a.json")).hasMessage("a.json:3:7: found byte 0xC3, expected a value");
    assertThat(fault("b.json")).hasMessage("b.json:3:2: found '{', expected ',' or ']'");
    assertThat(fault("c.json"))
        .hasMessage("c.json:2:8: found the end of the data, expected ',' or ']' after an element");
    assertThat(fault("d.json")).hasMessage("d.json:2:1: found ']', expected a value");
    assertThat(fault("e.json")).hasMessage("e.json:1:9: found the end of the data, expected ']'");
  }

  @Test
  void goingOnTakesTheNextRecordOfADocument() throws IOException {
    write("a.json", "[{\"i\":1},{\"i\":x},\n{\"i\":2}, 01, {\"i\":[3}, {\"i\":4]}]".getBytes());

    RecordingSink sink = read("{'path': 'a.json', 'on-error': 'continue'}", TINY);

    assertThat(sink.records).containsExactly("{ \"i\": 1 }", "{ \"i\": 2 }");
    assertThat(sink.rejected).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aCutOffCompressionIsMalformedAfterWhatCouldBeRead() throws IOException {
    byte[] whole = gzip(records("\n"));
    write("a.jsonl.gz", Arrays.copyOf(whole, whole.length - 30));
    byte[] zstd = Zstd.compress(records("\n").getBytes(StandardCharsets.UTF_8));
    write("b.jsonl.zst", Arrays.copyOf(zstd, zstd.length - 9));

    assertThat(fault("a.jsonl.gz"))
        .hasMessageStartingWith("a.jsonl.gz:")
        .hasMessageContaining("GZIP data is cut off");
    assertThat(fault("a.jsonl.gz").code()).isEqualTo(ErrorCode.MALFORMED_DATA);
    assertThat(fault("b.jsonl.zst").code()).isEqualTo(ErrorCode.MALFORMED_DATA);
    RecordingSink rest = read("{'path': 'a.jsonl.gz', 'on-error': 'continue'}", TINY);
    assertThat(rest.rejected).hasSize(1);
    assertThat(rest.records).hasSizeBetween(10, 49);
  }

  @Test
  void otherCharsetsAreTranscodedAndTheirFaultsTold() throws IOException {
    write("a.jsonl", "{\"n\":\"J\u00fcrgen\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    write("b.jsonl", "{\"n\":\"\u6f22\"}\n".getBytes(StandardCharsets.UTF_16));
    write("c.jsonl", "{\"n\":1}\n{\"n\":\"\u00fc\"}\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(read("{'path':'a.jsonl','options':{'charset':'latin1'}}", TINY).records)
        .containsExactly("{ \"n\": \"J\u00fcrgen\" }");
    assertThat(read("{'path':'b.jsonl','options':{'charset':'utf-16'}}", TINY).records)
        .containsExactly("{ \"n\": \"\u6f22\" }");
    FirnException fault =
        catchThrowableOfType(
            FirnException.class,
            () -> read("{'path':'c.jsonl','options':{'charset':'us-ascii'}}", TINY));
    assertThat(fault).hasMessageContaining("no US-ASCII text");
    assertThat(fault.code()).isEqualTo(ErrorCode.MALFORMED_DATA);
  }

  @Test
  void aRecordOverTheLimitIsToldInStreamsToo() throws IOException {
    write("a.json", ("[1,\"" + "x".repeat(900) + "\"]").getBytes());
    Tuning tuning = TINY.withLimits(new RecordLimits(10, 300, 2000));

    FirnException fault =
        catchThrowableOfType(FirnException.class, () -> read("{'path':'a.json'}", tuning));

    assertThat(fault.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    assertThat(fault).hasMessageStartingWith("a.json:1:4: ");
  }

  @Test
  void splitsOfStreamsAreTheSameWhenReadAgain() throws IOException {
    write("a.jsonl.gz", gzip(records("\n")));
    write("b.json", ("[" + records(",") + "]").getBytes(StandardCharsets.UTF_8));
    write("c.jsonl", records("\n").getBytes(StandardCharsets.UTF_8));
    ResourceReader reader = Reading.reader(folder, TINY, "{'path': './'}");
    List<Split> all = Reading.splits(reader);

    for (Split split : all) {
      List<Split> again =
          Reading.splits(reader.open(Reading.everything().only(o -> o == split.ordinal())));
      assertThat(again).hasSize(1);
      assertThat(records(again.get(0))).isEqualTo(records(split));
      assertThat(again.get(0).group()).isEqualTo(split.group());
    }
    assertThat(all).hasSizeGreaterThan(20);
  }

  @Test
  void theStandardInputIsReadOnce() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(records("\n").getBytes(StandardCharsets.UTF_8)));
    try {
      ResourceReader reader = Reading.reader(folder, TINY, "{'path':'-','format':'jsonl'}");

      assertThat(reader.replayable()).isTrue();
      assertThat(reader.samples(Reading.everything())).isEmpty();
      assertThat(Reading.read(reader).records).hasSize(50);
      assertThat(Reading.read(reader).records).hasSize(50);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no pipes with names")
  void aPipeIsReadOnce() throws Exception {
    Path pipe = folder.resolve("pipe.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer = new Thread(() -> fill(pipe));
    writer.start();
    ResourceReader reader = Reading.reader(folder, TINY, "{'path':'pipe.jsonl'}");

    assertThat(Reading.read(reader).records).hasSize(50);
    assertThat(Reading.read(reader).records).hasSize(50);
    writer.join();
  }

  private static void fill(Path pipe) {
    try (OutputStream out = Files.newOutputStream(pipe)) {
      out.write(records("\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void compressedFilesAndDocumentsAreSampledAtTheirBeginning() throws IOException {
    write("a.jsonl.gz", gzip(records("\n")));

    List<Split> samples =
        Reading.reader(folder, TINY, "{'path': 'a.jsonl.gz'}").samples(Reading.everything());

    assertThat(samples).hasSize(1);
    assertThat(records(samples.get(0)).get(0)).startsWith("{ \"i\": 0 ");
  }

  private static String records(String between) {
    return IntStream.range(0, 50)
        .mapToObj(i -> String.format(OBJECT, i))
        .collect(Collectors.joining(between));
  }

  private static List<String> records(Split split) {
    RecordingSink sink = new RecordingSink();
    split.read(sink);
    return sink.records;
  }

  private RecordingSink read(String name) {
    return read("{'path': '" + name + "'}", TINY);
  }

  private RecordingSink read(String keys, Tuning tuning) {
    return Reading.read(folder, tuning, keys);
  }

  private FirnException fault(String name) {
    FirnException fault = catchThrowableOfType(FirnException.class, () -> read(name));
    assertThat(fault).as(name).isNotNull();
    return fault;
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
