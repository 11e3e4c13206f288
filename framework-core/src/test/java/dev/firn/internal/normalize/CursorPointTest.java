package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorPointTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timestamp | 2024-10-15T10:30:00.123456Z",
        "timestamp_ntz | 2024-10-15T10:30:00.123456",
        "date | 2024-10-15",
        "long | -17",
        "int32 | 17",
        "time | 86399999999",
        "double | 1.5E+300",
        "decimal(38,2) | 12.50",
        "string | any text"
      })
  void whatIsSpelledIsReadBack(String type, String text) {
    DataType known = DataType.parse(type).orElseThrow();
    CursorPoint point = CursorPoint.parse(known, text);

    assertThat(CursorPoint.parse(known, point.spelling())).isEqualByComparingTo(point);
    assertThat(point.spelling()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-10-15,timestamp",
    "2024-10-15T10:30Z,timestamp",
    "17,long",
    "1.5,double",
    "99999999999999999999,string",
    "abc,string"
  })
  void aLiteralSaysItsType(String literal, String type) {
    assertThat(CursorPoint.typeOf(literal).word()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timestamp | 2024-01-01T00:00:00Z | 5m | 2023-12-31T23:55:00Z",
        "timestamp | 2024-01-01T00:00:00Z | 250ms | 2023-12-31T23:59:59.750Z",
        "timestamp | 2024-01-01T00:00:00Z | 1h30m | 2023-12-31T22:30:00Z",
        "timestamp | 2024-01-01T00:00:00Z | PT5M | 2023-12-31T23:55:00Z",
        "timestamp | 2024-01-01T00:00:00Z | PT0.000250S | 2023-12-31T23:59:59.999750Z",
        "date | 2024-01-08 | 1w | 2024-01-01",
        "date | 2024-01-01 | 1d | 2023-12-31",
        "long | 10 | 3 | 7",
        "double | 1.5 | 0.25 | 1.25"
      })
  void aLagGoesBack(String type, String from, String lag, String to) {
    CursorPoint point = CursorPoint.parse(DataType.parse(type).orElseThrow(), from);

    assertThat(point.minus(lag).spelling()).isEqualTo(to);
    assertThat(point.minus(lag)).isLessThan(point);
  }

  @Test
  void aLagOfTheWrongKindIsRefused() {
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> CursorPoint.parse(Simple.LONG, "1").minus("5m"))
        .withMessageContaining("5m");
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> CursorPoint.parse(Simple.TIMESTAMP, "2024-01-01").minus("999999999999w"))
        .withMessageContaining("999999999999w");
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> CursorPoint.parse(Simple.STRING, "a").minus("1"));
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> CursorPoint.parse(Simple.TIMESTAMP, "yesterday"))
        .withMessageContaining("yesterday");
  }
}
