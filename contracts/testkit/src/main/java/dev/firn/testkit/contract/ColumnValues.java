package dev.firn.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.ColumnContract;
import dev.firn.contract.Rule;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Values of one column, in the JSON that a source would send. */
final class ColumnValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final BigDecimal WIDE = BigDecimal.valueOf(1_000_000_000_000L);
  private static final long LAST_SECOND = 4_102_444_800L; // 2100-01-01
  private static final int SPARE_LENGTH = 12;

  private final ColumnContract column;
  private final DataType type;

  ColumnValues(ColumnContract column) {
    this.column = column;
    this.type = column.type().orElse(Simple.STRING);
  }

  /** Values that keep all rules. */
  Arbitrary<JsonNode> valid() {
    return candidates(rule -> rule).filter(10_000, this::keepsAll);
  }

  /** Values of the type that no rule but this one forbids; there may be none. */
  Arbitrary<JsonNode> breaking(Rule broken) {
    Arbitrary<JsonNode> near = candidates(rule -> rule.equals(broken) ? opposite(rule) : rule);
    return near.filter(2_000, value -> breaksOnly(broken, value));
  }

  private boolean keepsAll(JsonNode value) {
    return column.rules().stream().allMatch(rule -> PlainRules.holds(rule, value));
  }

  private boolean breaksOnly(Rule broken, JsonNode value) {
    return column.rules().stream()
        .allMatch(rule -> PlainRules.holds(rule, value) != rule.equals(broken));
  }

  /** A rule that those values keep which break the other; none where any value may do. */
  private static Rule opposite(Rule rule) {
    if (rule instanceof Rule.AtLeast least) {
      return new Rule.AtMost(least.bound(), !least.excluded());
    } else if (rule instanceof Rule.AtMost most) {
      return new Rule.AtLeast(most.bound(), !most.excluded());
    } else if (rule instanceof Rule.MinLength shortest) {
      return new Rule.MaxLength(Math.max(0, shortest.length() - 1));
    } else if (rule instanceof Rule.MaxLength longest) {
      return new Rule.MinLength(longest.length() + 1);
    }
    return new Rule.Required();
  }

  /** Values that mostly keep the rules, as each is seen. */
  private Arbitrary<JsonNode> candidates(Function<Rule, Rule> seen) {
    List<Rule> rules = column.rules().stream().map(seen).toList();
    for (Rule rule : rules) {
      if (rule instanceof Rule.OneOf choice) {
        return Arbitraries.of(choice.values()).map(this::listed);
      }
    }
    return ofType(rules);
  }

  private JsonNode listed(String value) {
    boolean whole = type == Simple.LONG || type == Simple.INT32;
    return whole ? JSON.numberNode(Long.parseLong(value)) : JSON.textNode(value);
  }

  private Arbitrary<JsonNode> ofType(List<Rule> rules) {
    if (type instanceof DataType.Decimal decimal) {
      BigDecimal most =
          BigDecimal.TEN
              .pow(decimal.precision() - decimal.scale())
              .subtract(BigDecimal.ONE.scaleByPowerOfTen(-decimal.scale()));
      return numbers(rules, most, decimal.scale()).map(JSON::numberNode);
    }
    return switch ((Simple) type) {
      case BOOLEAN -> Arbitraries.of(true, false).map(JSON::booleanNode);
      case INT32 -> whole(rules, Integer.MAX_VALUE);
      case LONG -> whole(rules, Long.MAX_VALUE);
      case FLOAT ->
          numbers(rules, WIDE, 6)
              .map(number -> JSON.numberNode(new BigDecimal((double) number.floatValue())));
      case DOUBLE -> numbers(rules, WIDE, 6).map(ColumnValues::real);
      case STRING -> texts(rules).map(JSON::textNode);
      case JSON -> Arbitraries.of(1, 2).map(n -> JSON.objectNode().put("n", n));
      case BINARY ->
          Arbitraries.bytes()
              .array(byte[].class)
              .ofMaxSize(SPARE_LENGTH)
              .map(bytes -> JSON.textNode(Base64.getEncoder().encodeToString(bytes)));
      case UUID ->
          Arbitraries.longs()
              .tuple2()
              .map(bits -> JSON.textNode(new UUID(bits.get1(), bits.get2()).toString()));
      case DATE, TIME, TIMESTAMP, TIMESTAMP_NTZ -> instants().map(this::moment);
    };
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(0, LAST_SECOND * 1_000_000)
        .map(
            micros ->
                Instant.EPOCH
                    .plusNanos(micros % 1_000_000 * 1_000)
                    .plusSeconds(micros / 1_000_000));
  }

  private JsonNode moment(Instant instant) {
    String text =
        type == Simple.TIMESTAMP
            ? instant.toString()
            : type == Simple.DATE
                ? LocalDate.ofInstant(instant, ZoneOffset.UTC).toString()
                : type == Simple.TIME
                    ? LocalTime.ofInstant(instant, ZoneOffset.UTC).withNano(1_000).toString()
                    : instant.atOffset(ZoneOffset.UTC).toLocalDateTime().withNano(1_000).toString();
    return JSON.textNode(text);
  }

  private static JsonNode real(BigDecimal number) {
    return JSON.numberNode(number.doubleValue());
  }

  private static Arbitrary<JsonNode> whole(List<Rule> rules, long most) {
    return numbers(rules, BigDecimal.valueOf(most), 0)
        .map(number -> JSON.numberNode(number.longValue()));
  }

  /** Numbers within the bounds, edges often; where none fit, any. */
  private static Arbitrary<BigDecimal> numbers(List<Rule> rules, BigDecimal most, int scale) {
    BigDecimal low = most.negate();
    BigDecimal high = most;
    for (Rule rule : rules) {
      if (rule instanceof Rule.AtLeast least) {
        low = low.max(least.bound().setScale(scale, RoundingMode.CEILING));
      } else if (rule instanceof Rule.AtMost bound) {
        high = high.min(bound.bound().setScale(scale, RoundingMode.FLOOR));
      }
    }
    if (low.compareTo(high) > 0) {
      low = most.negate();
      high = most;
    }
    BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(-scale);
    Arbitrary<BigDecimal> between = between(low, high, scale);
    return Arbitraries.frequencyOf(
        Tuple.of(4, between),
        Tuple.of(
            1, Arbitraries.of(low, high, low.add(step).min(high), high.subtract(step).max(low))));
  }

  private static Arbitrary<BigDecimal> between(BigDecimal low, BigDecimal high, int scale) {
    BigInteger from = low.movePointRight(scale).toBigInteger();
    BigInteger to = high.movePointRight(scale).toBigInteger();
    return Arbitraries.bigIntegers()
        .between(from, to)
        .map(units -> new BigDecimal(units, scale, MathContext.UNLIMITED));
  }

  private static Arbitrary<String> texts(List<Rule> rules) {
    int least = 0;
    int most = Integer.MAX_VALUE;
    for (Rule rule : rules) {
      if (rule instanceof Rule.MinLength shortest) {
        least = Math.max(least, shortest.length());
      } else if (rule instanceof Rule.MaxLength longest) {
        most = Math.min(most, longest.length());
      }
    }
    for (Rule rule : rules) {
      if (rule instanceof Rule.Matches regular) {
        return RegexTexts.of(regular.pattern());
      } else if (rule instanceof Rule.Format format) {
        return FormatTexts.of(format.kind());
      }
    }
    int longest = Math.max(least, (int) Math.min(most, (long) least + SPARE_LENGTH));
    return Arbitraries.of(letters())
        .list()
        .ofMinSize(least)
        .ofMaxSize(longest)
        .map(letters -> String.join("", letters));
  }

  /** Letters of one to four bytes. */
  private static List<String> letters() {
    return List.of(
        "a", "b", "Z", "0", "7", " ", "_", "-", "'", "\"", "\\", "ä", "ß", "€", "中", "😀");
  }
}
