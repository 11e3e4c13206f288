package dev.firn.internal.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.extract.ObjectsReader.ResourceCode;
import dev.firn.load.WriteDisposition;
import dev.firn.source.ReadRequest;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsReaderTest {
  private static final ReadRequest ALL = ReadRequest.everything(WriteDisposition.APPEND);

  @TempDir Path project;

  record User(int id, String name) {}

  @Test
  void everySequenceIsTakenApart() {
    User user = new User(1, "Ada");

    for (ResourceCode code :
        List.<ResourceCode>of(
            request -> Stream.of(user),
            request -> List.of(user),
            request -> List.of(user).iterator(),
            request -> Optional.of(user),
            request -> new User[] {user})) {
      assertThat(lines(reader(0, code), ALL))
          .containsExactly(
              "record 0", "{", "key id", "integer 1", "key name", "text Ada", "}", "end");
    }
  }

  @Test
  void aJsonArrayIsASequenceAndAJsonObjectOneRecord() {
    ObjectMapper json = new ObjectMapper();

    assertThat(lines(reader(0, request -> json.readTree("{\"id\":1}")), ALL))
        .containsExactly("record 0", "{", "key id", "integer 1", "}", "end");
    assertThat(lines(reader(0, request -> json.readTree("[{\"id\":1},{}]")), ALL))
        .containsExactly(
            "record 0", "{", "key id", "integer 1", "}", "end", "record 1", "{", "}", "end");
  }

  @Test
  void splitsHoldAtMostBatchRowsRecords() {
    List<Split> splits = splits(reader(10, request -> users(25)), ALL);

    assertThat(splits).extracting(Split::ordinal).containsExactly(0L, 1L, 2L);
    assertThat(records(splits.get(2)))
        .containsExactly("record 20", "record 21", "record 22", "record 23", "record 24");
  }

  @Test
  void splitsHoldAFewMegabytes() {
    List<Split> splits = splits(reader(0, request -> users(400_000)), ALL);

    assertThat(splits).hasSizeGreaterThan(1);
    assertThat(splits).allMatch(split -> split.bytes() < 5 << 20);
  }

  @Test
  void theSameRequestBringsTheSameSplitsWithoutCallingTheCodeAgain() {
    AtomicInteger calls = new AtomicInteger();
    ObjectsReader reader =
        reader(
            10,
            request -> {
              calls.incrementAndGet();
              return users(25);
            });
    List<String> first = lines(reader, ALL);

    List<Split> again = splits(reader, ALL.only(ordinal -> ordinal != 1));

    assertThat(again).extracting(Split::ordinal).containsExactly(0L, 2L);
    assertThat(lines(reader, ALL)).isEqualTo(first);
    assertThat(calls).hasValue(1);
    assertThat(reader.replayable()).isTrue();
  }

  @Test
  void anotherRequestCallsTheCodeAgain() {
    AtomicInteger calls = new AtomicInteger();
    ObjectsReader reader =
        reader(
            0,
            request -> {
              calls.incrementAndGet();
              return users(1);
            });
    lines(reader, ALL);

    lines(reader, ReadRequest.everything(WriteDisposition.MERGE));

    assertThat(calls).hasValue(2);
  }

  @Test
  void moreThanMemoryHoldsIsKeptInAFileThatGoesAtTheEnd() throws IOException {
    Random random = new Random(1);
    byte[][] noise = new byte[30][1 << 20];
    for (byte[] each : noise) {
      random.nextBytes(each);
    }
    ObjectsReader reader =
        reader(0, request -> Arrays.stream(noise).map(each -> Map.of("noise", each)));
    Path folder = project.resolve("spool");
    assertThat(folder).doesNotExist();
    List<String> first = lines(reader, ALL);
    assertThat(folder).as("made when memory no longer does").isDirectory();

    assertThat(lines(reader, ALL)).isEqualTo(first);

    reader.close();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void nullRecordsAreRejectedAndReported() {
    ObjectsReader reader = reader(0, request -> Arrays.asList(new User(1, "a"), null));
    SplitStream stream = reader.open(ALL);
    EventLog log = new EventLog();
    stream.next().orElseThrow().read(log);
    assertThat(stream.next()).isEmpty();

    assertThat(log.lines)
        .contains(
            "reject MALFORMED_DATA resource users, record 1: it is null. / Leave out what is not there.");
    assertThat(stream.warnings())
        .containsExactly("Resource users: 1 records were null and left out.");
  }

  @Test
  void whatTheCodeThrowsIsTheSourcesFailure() {
    ResourceCode lazily =
        request ->
            IntStream.range(0, 10)
                .mapToObj(
                    i -> {
                      if (i == 3) {
                        throw new IllegalStateException("the shop is closed");
                      }
                      return new User(i, "");
                    });
    ResourceCode atOnce =
        request -> {
          throw new IOException("no route");
        };

    assertFails(
        lazily,
        ErrorCode.SOURCE_UNAVAILABLE,
        "resource users failed at record 3",
        "IllegalStateException: the shop is closed");
    assertFails(atOnce, ErrorCode.SOURCE_UNAVAILABLE, "resource users", "IOException: no route");
    assertFails(request -> List.of(new Broken()), ErrorCode.SOURCE_UNAVAILABLE, "getter failed");
    assertFails(request -> null, ErrorCode.INVALID_SOURCE, "returned null");
    assertFails(
        request -> "text", ErrorCode.INVALID_SOURCE, "java.lang.String, which is no sequence");
    assertFails(
        request -> List.of("text"),
        ErrorCode.INVALID_SOURCE,
        "resource users, record 0",
        "java.lang.String is no record");
  }

  public static final class Broken {
    public String getName() {
      throw new IllegalArgumentException("getter failed");
    }
  }

  @Test
  void streamsAreClosedAtTheEndAndWhenAbandoned() {
    AtomicInteger closed = new AtomicInteger();
    ResourceCode code = request -> users(25).stream().onClose(closed::incrementAndGet);
    lines(reader(10, code), ALL);
    assertThat(closed).hasValue(1);

    SplitStream abandoned = reader(10, code).open(ALL);
    abandoned.next();
    abandoned.close();

    assertThat(closed).hasValue(2);
  }

  @Test
  void aFailureWhileReadingNamesTheRecord() {
    Split split = splits(reader(0, request -> users(3)), ALL).get(0);

    assertThatThrownBy(() -> split.read(new EventLog(2)))
        .isInstanceOf(FirnException.class)
        .hasMessage("resource users, record 2: bad");
  }

  private static void assertFailsWith(ObjectsReader reader, ErrorCode code, String... parts) {
    assertThatThrownBy(() -> lines(reader, ALL))
        .isInstanceOfSatisfying(
            FirnException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .message()
        .contains(parts);
  }

  private void assertFails(ResourceCode code, ErrorCode error, String... parts) {
    assertFailsWith(reader(0, code), error, parts);
  }

  private ObjectsReader reader(int batchRows, ResourceCode code) {
    return new ObjectsReader("users", batchRows, code, project.resolve("spool"));
  }

  private static List<User> users(int count) {
    return IntStream.range(0, count).mapToObj(i -> new User(i, "user " + i)).toList();
  }

  private static List<Split> splits(ObjectsReader reader, ReadRequest request) {
    List<Split> splits = new ArrayList<>();
    try (SplitStream stream = reader.open(request)) {
      for (Optional<Split> next = stream.next(); next.isPresent(); next = stream.next()) {
        splits.add(next.get());
      }
    }
    return splits;
  }

  private static List<String> lines(ObjectsReader reader, ReadRequest request) {
    EventLog log = new EventLog();
    splits(reader, request).forEach(split -> split.read(log));
    return log.lines;
  }

  private static List<String> records(Split split) {
    EventLog log = new EventLog();
    split.read(log);
    return log.lines.stream().filter(line -> line.startsWith("record")).toList();
  }
}
