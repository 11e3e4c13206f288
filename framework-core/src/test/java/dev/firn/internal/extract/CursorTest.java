package dev.firn.internal.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import dev.firn.internal.normalize.CursorWindow;
import dev.firn.internal.time.Durations;
import dev.firn.schema.DataType;
import dev.firn.source.Cursor;
import dev.firn.source.IncrementalSpec;
import dev.firn.state.CursorState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorTest {
  @Test
  void theFirstRunStartsAtInitial() {
    Cursor<Instant> cursor = cursor(Instant.class, "2024-01-01T00:00:00Z", "5m", "");

    assertThat(cursor.start()).isEqualTo("2024-01-01T00:00:00Z");
    assertThat(cursor.last()).isEmpty();
  }

  @Test
  void laterRunsStartALagBeforeTheLastValue() {
    Cursor<Instant> cursor =
        cursor(Instant.class, "2024-01-01T00:00:00Z", "5m", "2024-03-01T10:00:00Z");

    assertThat(cursor.start()).isEqualTo("2024-03-01T09:55:00Z");
    assertThat(cursor.last()).contains(Instant.parse("2024-03-01T10:00:00Z"));
  }

  @Test
  void noRunStartsBeforeInitial() {
    Cursor<Instant> cursor =
        cursor(Instant.class, "2024-01-01T00:00:00Z", "2h", "2024-01-01T01:00:00Z");

    assertThat(cursor.start()).isEqualTo("2024-01-01T00:00:00Z");
  }

  @Test
  void everyTypeHasItsLag() {
    assertThat(cursor(LocalDate.class, "", "2d", "2024-03-01").start()).isEqualTo("2024-02-28");
    assertThat(cursor(LocalDateTime.class, "", "1h", "2024-03-01T00:30:00").start())
        .isEqualTo("2024-02-29T23:30:00");
    assertThat(cursor(Long.class, "", "10", "100").start()).isEqualTo(90L);
    assertThat(cursor(Integer.class, "", "10", "100").start()).isEqualTo(90);
    assertThat(cursor(Double.class, "", "0.5", "2").start()).isEqualTo(1.5);
    assertThat(cursor(BigDecimal.class, "", "0.5", "2.0").start()).isEqualByComparingTo("1.5");
    assertThat(cursor(String.class, "", "", "abc").start()).isEqualTo("abc");
  }

  @Test
  void withoutAPlaceToStartItSaysSo() {
    Cursor<Long> cursor = cursor(Long.class, "", "", "");

    assertThat(cursor.last()).isEmpty();
    assertThatThrownBy(cursor::start)
        .isInstanceOf(FirnException.class)
        .hasMessageContaining("'at'");
  }

  @Test
  void unsuitableTextIsRefused() {
    assertThatThrownBy(() -> cursor(Instant.class, "yesterday", "", ""))
        .hasMessageContaining("'yesterday' is no timestamp");
    assertThatThrownBy(() -> cursor(LocalDate.class, "", "5m", "2024-01-01"))
        .hasMessageContaining("'5m' does not fit a cursor of type date");
    assertThatThrownBy(() -> cursor(String.class, "", "1", "a")).hasMessageContaining("'1'");
    assertThatThrownBy(() -> cursor(Thread.class, "", "", ""))
        .hasMessageContaining("java.lang.Thread");
  }

  @Test
  void durationsAreReadAsPeopleWriteThem() {
    assertThat(Durations.parse("1h 30m").orElseThrow()).hasMinutes(90);
    assertThat(Durations.parse("500ms").orElseThrow()).hasMillis(500);
    assertThat(Durations.parse("PT5M").orElseThrow()).hasMinutes(5);
    assertThat(Durations.parse("1w").orElseThrow()).hasDays(7);
    assertThat(List.of("", "5", "m", "5x", "-5m", "5m x", "PT", "-PT5M"))
        .allMatch(text -> Durations.parse(text).isEmpty());
  }

  private static <T> Cursor<T> cursor(Class<T> type, String initial, String lag, String last) {
    Optional<DataType> column = CursorType.find(type).flatMap(CursorType::column);
    IncrementalSpec spec =
        column.map(IncrementalSpec.on("at")::withType).orElse(IncrementalSpec.on("at"));
    spec = initial.isEmpty() ? spec : spec.withInitial(initial);
    spec = lag.isEmpty() ? spec : spec.withLag(lag);
    Optional<CursorState> state =
        given(last)
            .map(
                value ->
                    new CursorState(
                        "at", column.orElse(new DataType.Decimal(9, 1)), value, List.of()));
    return Cursor.of(type, CursorWindow.after(state, spec, Optional.empty()).range());
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
