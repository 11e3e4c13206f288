package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.internal.normalize.Coercion.Strictness;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Decimal;
import dev.firn.schema.DataType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A result is written as the text column would show it; {@code -} stands for "does not fit". */
class CoercionTest {
  private final Coerced result = new Coerced();

  @ParameterizedTest(name = "\"{0}\" as declared {1} is {2}")
  @CsvSource({
    "' -1726 ', long, -1726",
    "0xff, long, 255",
    "0x1f, int32, 31",
    "' 17 ', long, 17",
    "+17, long, 17",
    "912.12, long, -",
    "f912.12, long, -",
    "9223372036854775807, long, 9223372036854775807",
    "-9223372036854775808, long, -9223372036854775808",
    "9223372036854775808, long, -",
    "1e999999999, long, -",
    "1e-999999999, long, -",
    "2147483648, int32, -",
    "' -1726.1288 ', double, -1726.1288",
    "0xff, double, 255.0",
    "a912.12, double, -",
    "1e400, double, -",
    "NaN, double, -",
    "3.1, float, 3.1",
    "1e39, float, -",
    "' 12.50 ', 'decimal(6,2)', 12.50",
    "12.505, 'decimal(6,2)', -",
    "12345.1, 'decimal(6,2)', -",
    "False, boolean, false",
    "yes, boolean, true",
    "no, boolean, false",
    "maybe, boolean, -",
    "' 1580405246 ', timestamp, 2020-01-30T17:27:26Z",
    "1633344898.7415245, timestamp, 2021-10-04T10:54:58.741524Z",
    "2022-05-10T03:41:31.466+0200, timestamp, 2022-05-10T01:41:31.466Z",
    "2022-04-26 10:36+02, timestamp, 2022-04-26T08:36:00Z",
    "2022-04-26 10:36, timestamp_ntz, 2022-04-26T10:36:00Z",
    "2022-05-10T05:30:45.5-03:00, timestamp_ntz, 2022-05-10T08:30:45.500Z",
    "2021-04-25, timestamp, 2021-04-25T00:00:00Z",
    "now, timestamp, -",
    "10:36, timestamp, -",
    "2022-01-01T00:00:00Z/2022-01-02T00:00:00Z, timestamp, -",
    "'Wed, 06 Jul 2022 11:58:08 +0200', timestamp, -",
    "'06/04/22, 11:15PM IST', timestamp, -",
    "1e27, timestamp, -",
    "-1e27, timestamp, -",
    "2022-05-10T03:41:31.466+02:00, date, 2022-05-10",
    "2022-05-10T01:41:31.466+02:00, date, 2022-05-10",
    "1677546399.494264, date, 2023-02-28",
    "' 2023-02-28 ', date, 2023-02-28",
    "2023-02-29, date, -",
    "03:41:31.466000, time, 13291466000",
    "2022-05-10, time, -",
    "2022-05-10T03:41:31Z, time, -",
    "1677546399, time, -",
    "0x30, binary, 0",
    "YmluYXJ5IHN0cmluZw==, binary, binary string",
    "!YmluYXJ5IHN0cmluZw==, binary, -",
    "00000000-0000-0001-0000-000000000002, uuid, 00000000-0000-0001-0000-000000000002",
    "00000000-0000-0001-0000-00000000000g, uuid, -",
    "any text, string, any text",
    "any \"text\", json, '\"any \\\"text\\\"\"'"
  })
  void declaredColumnsReadText(String text, String type, String expected) {
    assertThat(fromText(type, Strictness.DECLARED, text)).isEqualTo(wanted(expected));
  }

  @ParameterizedTest(name = "\"{0}\" as committed {1} is {2}")
  @CsvSource({
    "17, long, 17",
    "3.0, long, 3",
    "3.5, long, -",
    "' 17 ', long, -",
    "+17, long, -",
    "017, long, -",
    "0x1f, long, -",
    "1e3, long, -",
    "1234567890123456789, long, -",
    "0.1, double, 0.1",
    "9007199254740993, double, -",
    "9007199254740992, double, 9.007199254740992E15",
    "1e3, double, -",
    "12.50, 'decimal(6,2)', 12.50",
    "true, boolean, true",
    "True, boolean, -",
    "yes, boolean, -",
    "1, boolean, -",
    "2022-04-26T10:36:00Z, timestamp, 2022-04-26T10:36:00Z",
    "2022-04-26, timestamp, -",
    "1580405246, timestamp, -",
    "2023-02-28, date, 2023-02-28",
    "2023-02-28T00:00:00Z, date, -",
    "0x30, binary, -"
  })
  void committedColumnsReadOneSpelling(String text, String type, String expected) {
    assertThat(fromText(type, Strictness.COMMITTED, text)).isEqualTo(wanted(expected));
  }

  @ParameterizedTest(name = "the number {0} as committed {1} is {2}")
  @CsvSource({
    "3.0, long, 3",
    "3e2, long, 300",
    "762162.1, long, -",
    "9007199254740993.0, long, 9007199254740993",
    "12345678901234567890, long, -",
    "2147483648, int32, -",
    "3, double, 3.0",
    "9007199254740993, double, -",
    "12345678901234567890, double, -",
    "1e400, double, -",
    "0.1, float, -",
    "0.5, float, 0.5",
    "0.1, 'decimal(38,9)', 0.100000000",
    "1e400, 'decimal(38,0)', -",
    "1, boolean, -",
    "1, timestamp, -",
    "1.50, string, 1.50",
    "1.50, json, 1.50",
    "12345678901234567890123456789012345678901, string, 12345678901234567890123456789012345678901"
  })
  void committedColumnsTakeNumbersThatLoseNothing(String number, String type, String expected) {
    byte[] ascii = number.getBytes(StandardCharsets.US_ASCII);
    DataType target = DataType.parse(type).orElseThrow();

    boolean fits = coercion(target, Strictness.COMMITTED).number(ascii, 0, ascii.length, result);

    assertThat(fits ? Optional.of(shown(target)) : Optional.empty()).isEqualTo(wanted(expected));
  }

  @Test
  void declaredColumnsTakeTypedValues() {
    Coercion truth = coercion(Simple.BOOLEAN, Strictness.DECLARED);
    Coercion whole = coercion(Simple.LONG, Strictness.DECLARED);

    assertThat(truth.integer(1, result) && result.integer == 1).isTrue();
    assertThat(truth.decimal(BigDecimal.ZERO, result) && result.integer == 0).isTrue();
    assertThat(truth.integer(2, result)).isFalse();
    assertThat(truth.binary(new byte[1], result)).isFalse();
    assertThat(truth.timestamp(0, result)).isFalse();
    assertThat(whole.bool(true, result)).isFalse();
    assertThat(whole.real(-762162.0, result) && result.integer == -762162).isTrue();
    assertThat(whole.real(762162.1, result)).isFalse();
    assertThat(whole.real(0x1p63, result)).isFalse();
    assertThat(whole.decimal(new BigDecimal("1276.0"), result) && result.integer == 1276).isTrue();
    assertThat(whole.decimal(new BigDecimal("912.12"), result)).isFalse();
    assertThat(coercion(Simple.DOUBLE, Strictness.DECLARED).bool(false, result)).isFalse();
    assertThat(coercion(Simple.TIME, Strictness.DECLARED).timestamp(0, result)).isFalse();
    assertThat(coercion(Simple.BINARY, Strictness.DECLARED).real(912.12, result)).isFalse();
  }

  @Test
  void wholeNumbersBecomeTheirBytes() {
    Coercion binary = coercion(Simple.BINARY, Strictness.DECLARED);

    assertThat(binary.integer(15, result)).isTrue();
    assertThat(result.bytes).containsExactly(0x0f);
    assertThat(binary.integer(255, result)).isTrue();
    assertThat(result.bytes).containsExactly(0xff);
    assertThat(binary.integer(-1, result)).isFalse();
  }

  @Test
  void secondsAreTruncatedAndNotRounded() {
    Coercion instant = coercion(Simple.TIMESTAMP, Strictness.DECLARED);

    assertThat(instant.real(1633344898.7415245, result)).isTrue();

    assertThat(result.integer).isEqualTo(1633344898741524L);
    assertThat(result.truncated).isTrue();
    result.clear();
    assertThat(instant.real(1633344898.3, result)).isTrue();
    assertThat(result.integer).isEqualTo(1633344898300000L);
    assertThat(result.truncated).isFalse();
    assertThat(instant.integer(1633344898741L, result)).as("milliseconds").isFalse();
  }

  @Test
  void digitsThatADeclaredDoubleCannotHoldAreMarked() {
    Coercion wide = coercion(Simple.DOUBLE, Strictness.DECLARED);

    assertThat(wide.integer(9007199254740993L, result) && result.lossy).isTrue();
    result.clear();
    assertThat(wide.integer(9007199254740992L, result) && !result.lossy).isTrue();
  }

  @Test
  void textColumnsTakeEveryScalar() {
    Coercion text = coercion(Simple.STRING, Strictness.COMMITTED);

    assertThat(text.bool(false, result) ? shown(Simple.STRING) : "").isEqualTo("false");
    assertThat(text.real(1.5, result) ? shown(Simple.STRING) : "").isEqualTo("1.5");
    assertThat(text.timestamp(1_500_000, result) ? shown(Simple.STRING) : "")
        .isEqualTo("1970-01-01T00:00:01.500Z");
    assertThat(text.timestampNtz(0, result) ? shown(Simple.STRING) : "")
        .isEqualTo("1970-01-01T00:00:00");
    assertThat(text.date(1, result) ? shown(Simple.STRING) : "").isEqualTo("1970-01-02");
    assertThat(text.time(60_000_000, result) ? shown(Simple.STRING) : "").isEqualTo("00:01:00");
    assertThat(text.uuid(new UUID(0, 1), result) ? shown(Simple.STRING) : "")
        .isEqualTo("00000000-0000-0000-0000-000000000001");
    byte[] binary = "binary string".getBytes(StandardCharsets.US_ASCII);
    assertThat(text.binary(binary, result) ? shown(Simple.STRING) : "")
        .isEqualTo("YmluYXJ5IHN0cmluZw==");
  }

  private Optional<String> fromText(String type, Strictness strictness, String text) {
    byte[] utf8 = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    DataType target = DataType.parse(type).orElseThrow();
    boolean fits = coercion(target, strictness).string(utf8, 1, utf8.length - 1, result);
    return fits ? Optional.of(shown(target)) : Optional.empty();
  }

  private static Coercion coercion(DataType target, Strictness strictness) {
    return Coercion.into(target, strictness);
  }

  private static Optional<String> wanted(String expected) {
    return expected.equals("-") ? Optional.empty() : Optional.of(expected);
  }

  private String shown(DataType type) {
    if (type instanceof Decimal decimal) {
      assertThat(result.decimal.scale()).isEqualTo(decimal.scale());
      return result.decimal.toPlainString();
    }
    return switch ((Simple) type) {
      case BOOLEAN -> String.valueOf(result.integer == 1);
      case INT32, LONG, TIME -> Long.toString(result.integer);
      case FLOAT -> Float.toString((float) result.real);
      case DOUBLE -> Double.toString(result.real);
      case DATE -> LocalDate.ofEpochDay(result.integer).toString();
      case TIMESTAMP, TIMESTAMP_NTZ ->
          Instant.EPOCH.plus(result.integer, ChronoUnit.MICROS).toString();
      case STRING, JSON, BINARY ->
          new String(result.bytes, result.from, result.to - result.from, StandardCharsets.UTF_8);
      case UUID -> result.uuid.toString();
    };
  }
}
