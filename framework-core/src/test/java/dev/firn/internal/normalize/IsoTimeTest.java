package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
  private final IsoTime iso = new IsoTime();

  @ParameterizedTest
  @CsvSource({
    "2022-05-10T03:41:31.466+0200, 2022-05-10T01:41:31.466Z",
    "2022-04-26 10:36+02, 2022-04-26T08:36:00Z",
    "2022-04-26 10:36, 2022-04-26T10:36:00Z",
    "2022-04-26T10:36:07Z, 2022-04-26T10:36:07Z",
    "2022-05-10T05:30:45.5-03:00, 2022-05-10T08:30:45.5Z",
    "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999999Z",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z"
  })
  void readsDateTimes(String text, Instant instant) {
    assertThat(read(text)).isTrue();
    assertThat(iso.micros())
        .isEqualTo(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "now",
        "10:36",
        "2021-04-25",
        "2024-10-15T10:30Z/2024-10-16T10:30Z",
        "2023-02-29T10:00:00Z",
        "2023-04-31T10:00:00Z",
        "2023-13-01T10:00:00Z",
        "2023-00-01T10:00:00Z",
        "2023-01-00T10:00:00Z",
        "2023-01-01T24:00:00Z",
        "2023-01-01T10:60:00Z",
        "2023-01-01T10:00:60Z",
        "2023-01-01T10:00:00.Z",
        "2023-01-01T10:00:00.1234567890Z",
        "2023-01-01T10:00:00+19",
        "2023-01-01T10:00:00+1:00",
        "2023-01-01T10:00:00z",
        "2023-01-01t10:00:00Z",
        "2023-01-01T10:00:00+",
        "2023-01-01T10:00:0",
        "2023-01-01T10:00:00 Z",
        "2023/01/01T10:00:00Z",
        "2023-01-01T1o:00:00Z",
        "2O23-01-01T10:00:00Z",
        "Wed, 06 Jul 2022 11:58:08 +0200",
        "06/04/22, 11:15PM IST",
        " 2023-01-01T10:00:00Z",
        "2023-01-01T10:00:00+01:6o",
        "2023-01-01T10:00:00+18:01",
        "-023-01-01T10:00:00Z"
      })
  void refusesWhatIsNoDateTime(String text) {
    assertThat(read(text)).isFalse();
  }

  @Test
  void saysWhetherDigitsWereLost() {
    assertThat(read("2024-01-01T00:00:00.123456001Z") && iso.truncated()).isTrue();
    assertThat(read("2024-01-01T00:00:00.123456000Z") && !iso.truncated()).isTrue();
    assertThat(read("2024-01-01T00:00:00Z") && !iso.truncated()).isTrue();
  }

  @Test
  void knowsTheDateAsItWasWritten() {
    assertThat(read("2022-05-10T01:00:00+02:00")).isTrue();
    assertThat(LocalDate.ofEpochDay(iso.day())).isEqualTo("2022-05-10");
  }

  @Test
  void readsTimesAndRefusesOtherText() {
    assertThat(time("03:41:31.466000")).isEqualTo(13_291_466_000L);
    assertThat(time("03:41")).isEqualTo(13_260_000_000L);
    assertThat(time("03:41:31Z")).isEqualTo(IsoTime.NONE);
    assertThat(time("25:00")).isEqualTo(IsoTime.NONE);
    assertThat(time("")).isEqualTo(IsoTime.NONE);
    assertThat(time("2022-05-10")).isEqualTo(IsoTime.NONE);
  }

  private boolean read(String text) {
    byte[] padded = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
    return iso.read(padded, 1, padded.length - 1);
  }

  private long time(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return iso.time(utf8, 0, utf8.length);
  }
}
