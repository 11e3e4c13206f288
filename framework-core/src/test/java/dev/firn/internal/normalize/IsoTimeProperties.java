package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IsoTimeProperties {
  private final IsoTime iso = new IsoTime();

  @Property
  void instantsEqualThoseOfJavaTime(@ForAll("dateTimes") OffsetDateTime time) {
    byte[] utf8 = time.toString().getBytes(StandardCharsets.UTF_8);

    assertThat(iso.read(utf8, 0, utf8.length)).isTrue();

    assertThat(iso.micros())
        .isEqualTo(time.toEpochSecond() * 1_000_000 + time.get(ChronoField.MICRO_OF_SECOND));
    assertThat(iso.truncated()).isEqualTo(time.getNano() % 1000 != 0);
    assertThat(iso.day()).isEqualTo((int) time.toLocalDate().toEpochDay());
  }

  @Property
  void datesAreRealExactlyWhereJavaTimeSaysSo(@ForAll("dates") String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

    assertThat(IsoTime.date(utf8, 0, utf8.length)).isEqualTo(expected(text));
  }

  @Property
  void anyTextIsReadOrRefusedWithoutFailing(@ForAll("almost") String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

    boolean read = iso.read(utf8, 0, utf8.length);

    assertThat(read).isEqualTo(javaReads(text));
  }

  private static long expected(String text) {
    try {
      return LocalDate.parse(text).toEpochDay();
    } catch (DateTimeException e) {
      return IsoTime.NONE;
    }
  }

  private static boolean javaReads(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<OffsetDateTime> dateTimes() {
    return Combinators.combine(
            Arbitraries.longs().between(-62_000_000_000L, 253_000_000_000L),
            Arbitraries.integers().between(0, 999_999_999),
            Arbitraries.integers().between(-1080, 1080))
        .as(
            (seconds, nanos, offset) ->
                OffsetDateTime.ofInstant(
                    java.time.Instant.ofEpochSecond(seconds, nanos),
                    ZoneOffset.ofTotalSeconds(offset * 60)));
  }

  @Provide
  Arbitrary<String> dates() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9999),
            Arbitraries.integers().between(0, 13),
            Arbitraries.integers().between(0, 32))
        .as((year, month, day) -> String.format("%04d-%02d-%02d", year, month, day));
  }

  /** Date-times with a colon in the offset and one letter changed. */
  @Provide
  Arbitrary<String> almost() {
    return Combinators.combine(
            dateTimes(), Arbitraries.integers().between(0, 40), Arbitraries.chars().with("0239:Tx"))
        .as(
            (time, at, letter) -> {
              StringBuilder text = new StringBuilder(time.toString());
              if (at < text.length()) {
                text.setCharAt(at, letter);
              }
              return text.toString();
            });
  }
}
