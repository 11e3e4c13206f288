package dev.firn.internal.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WalkTest {
  enum Size {
    SMALL,
    LARGE {
      @Override
      boolean big() {
        return true;
      }
    };

    boolean big() {
      return false;
    }
  }

  private record Line(int quantity, String note) {}

  private record Order(long id, String created, List<Line> lines, Optional<Line> first) {}

  static class Animal {
    public final int legs = 4;

    public String getName() {
      return "Ada";
    }

    public boolean isTame() {
      return true;
    }

    public String getURL() {
      return "u";
    }

    public static String getKind() {
      throw new AssertionError("static");
    }

    public String getPaid(int notAProperty) {
      return "";
    }
  }

  record Locked(int id, ReentrantLock lock) {}

  record Numbers(byte b, short s, float f, double d, char c, Integer boxed, Double none) {}

  static final class Knot {
    public Knot getNext() {
      return this;
    }
  }

  static Stream<Arguments> scalars() {
    return Stream.of(
        Arguments.of(true, "bool true"),
        Arguments.of((byte) 1, "integer 1"),
        Arguments.of((short) 2, "integer 2"),
        Arguments.of(3, "integer 3"),
        Arguments.of(4L, "integer 4"),
        Arguments.of(0.5f, "real " + Double.doubleToRawLongBits(0.5) + " 0.5"),
        Arguments.of(new BigInteger("9223372036854775807"), "integer 9223372036854775807"),
        Arguments.of(new BigInteger("9223372036854775808"), "number 9223372036854775808"),
        Arguments.of(new BigDecimal("1.50"), "decimal 150 2"),
        Arguments.of('x', "string x"),
        Arguments.of("text", "string text"),
        Arguments.of(new StringBuilder("built"), "string built"),
        Arguments.of(Size.SMALL, "string SMALL"),
        Arguments.of(Size.LARGE, "string LARGE"),
        Arguments.of(Instant.parse("1970-01-01T00:00:01.000000999Z"), "timestamp 1000000"),
        Arguments.of(Instant.parse("1969-12-31T23:59:59.999999999Z"), "timestamp -1"),
        Arguments.of(OffsetDateTime.parse("1970-01-01T01:00:01+01:00"), "timestamp 1000000"),
        Arguments.of(
            ZonedDateTime.parse("1970-01-01T01:00:01+01:00[Europe/Berlin]"), "timestamp 1000000"),
        Arguments.of(LocalDateTime.parse("1970-01-01T00:00:01"), "timestampNtz 1000000"),
        Arguments.of(LocalDate.parse("1970-01-02"), "date 1"),
        Arguments.of(LocalTime.parse("00:00:01"), "time 1000000"),
        Arguments.of(new Date(1000), "timestamp 1000000"),
        Arguments.of(new java.sql.Timestamp(1000), "timestamp 1000000"),
        Arguments.of(java.sql.Date.valueOf("1970-01-02"), "date 1"),
        Arguments.of(java.sql.Time.valueOf("00:00:01"), "time 1000000"),
        Arguments.of(new UUID(0, 1), "uuid 00000000-0000-0000-0000-000000000001"),
        Arguments.of(new byte[] {1, (byte) 255}, "binary 01ff"),
        Arguments.of(ByteBuffer.wrap(new byte[] {1}), "binary 01"),
        Arguments.of(URI.create("a:b"), "string a:b"),
        Arguments.of(Duration.ofMinutes(5), "string PT5M"),
        Arguments.of(Optional.empty(), "nothing"),
        Arguments.of(Optional.of(7), "integer 7"),
        Arguments.of(OptionalInt.of(7), "integer 7"),
        Arguments.of(TextNode.valueOf("node"), "string node"));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void scalarsAreOneEvent(Object value, String event) {
    Map<String, Object> record = new HashMap<>();
    record.put("v", value);

    assertThat(events(record)).containsExactly("record 0", "{", "key v", event, "}", "end");
  }

  @Test
  void listsOfEveryKindAreLists() {
    for (Object list :
        List.of(
            List.of(1, 2),
            new int[] {1, 2},
            new Object[] {1, 2},
            Stream.of(1, 2),
            List.of(1, 2).iterator())) {
      assertThat(events(Map.of("v", list)))
          .containsExactly(
              "record 0", "{", "key v", "[", "integer 1", "integer 2", "]", "}", "end");
    }
  }

  @Test
  void componentsKeepTheirOrderAndTheirTextStaysText() {
    Order order = new Order(1, "2024-01-01T00:00:00Z", List.of(new Line(2, "n")), Optional.empty());

    assertThat(events(order))
        .containsExactly(
            "record 0",
            "{",
            "key id",
            "integer 1",
            "key created",
            "text 2024-01-01T00:00:00Z",
            "key lines",
            "[",
            "{",
            "key quantity",
            "integer 2",
            "key note",
            "text n",
            "}",
            "]",
            "key first",
            "nothing",
            "}",
            "end");
  }

  @Test
  void textInMapsSaysWhatItSaysEvenInsideARecord() {
    record Holder(String own, Map<String, String> any, String after) {}

    assertThat(events(new Holder("a", Map.of("k", "b"), "c")))
        .containsSubsequence("text a", "key k", "string b", "text c");
  }

  @Test
  void primitivesAreSentWithoutTheirBoxes() {
    assertThat(events(new Numbers((byte) 1, (short) 2, 0.5f, 0.25, 'c', 3, null)))
        .containsSubsequence(
            "integer 1",
            "integer 2",
            "real " + Double.doubleToRawLongBits(0.5) + " 0.5",
            "real " + Double.doubleToRawLongBits(0.25) + " 0.25",
            "text c",
            "integer 3",
            "nothing");
  }

  @Test
  void beansHaveGettersAndPublicFieldsByName() {
    assertThat(events(new Animal()))
        .containsExactly(
            "record 0",
            "{",
            "key URL",
            "text u",
            "key legs",
            "integer 4",
            "key name",
            "text Ada",
            "key tame",
            "bool true",
            "}",
            "end");
  }

  @Test
  void keysOfMapsAreTextNumbersOrConstants() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(1, "a");
    map.put(Size.LARGE, "b");

    assertThat(events(map)).containsSubsequence("key 1", "string a", "key LARGE", "string b");
    Map<Object, Object> bad = new HashMap<>();
    bad.put(null, 1);
    assertFails(bad, ErrorCode.MALFORMED_DATA, "has the key null");
  }

  @Test
  void jsonNumbersKeepTheirDigits() throws Exception {
    JsonNode tree =
        new ObjectMapper()
            .enable(
                com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .readTree("{\"a\":1.5,\"b\":123456789012345678901234567890,\"c\":null}");

    assertThat(events(tree))
        .containsSubsequence("number 1.5", "number 123456789012345678901234567890", "nothing");
  }

  @Test
  void aPropertyThatNoColumnTakesIsNamed() {
    assertFails(
        new Locked(1, new ReentrantLock()),
        ErrorCode.INVALID_SOURCE,
        "Property 'lock' of " + Locked.class.getName() + " is a " + ReentrantLock.class.getName());
    assertFails(Map.of("v", new Object()), ErrorCode.INVALID_SOURCE, "java.lang.Object is neither");
  }

  @Test
  void scalarsAndListsAreNoRecords() {
    assertFails("text", ErrorCode.INVALID_SOURCE, "java.lang.String is no record");
    assertFails(new ArrayList<>(), ErrorCode.INVALID_SOURCE, "is no record");
    assertFails(TextNode.valueOf("x"), ErrorCode.INVALID_SOURCE, "is no record");
  }

  @Test
  void cyclesEndAtTheDepthLimit() {
    Map<String, Object> circle = new HashMap<>();
    circle.put("self", circle);
    List<Object> list = new ArrayList<>();
    list.add(list);

    assertFails(circle, ErrorCode.LIMIT_EXCEEDED, "nest deeper than 1000");
    assertFails(Map.of("list", list), ErrorCode.LIMIT_EXCEEDED, "nest deeper than 1000");
    assertFails(new Knot(), ErrorCode.LIMIT_EXCEEDED, "nest deeper than 1000");
  }

  @Test
  void nullsAreNothing() {
    Map<String, Object> record = new HashMap<>();
    record.put("v", Arrays.asList(1, null));

    assertThat(events(record)).containsSubsequence("[", "integer 1", "nothing", "]");
  }

  private static void assertFails(Object record, ErrorCode code, String message) {
    assertThatThrownBy(() -> events(record))
        .isInstanceOfSatisfying(
            FirnException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static List<String> events(Object record) {
    EventLog log = new EventLog();
    new RecordWalker(log, 1000).record(record, 0);
    return log.lines;
  }
}
