package dev.firn.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.error.FirnException;
import dev.firn.internal.run.WindowCalendar.Range;
import dev.firn.source.PartitionWindow;
import dev.firn.source.PartitionsSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowCalendarTest {
  private static WindowCalendar calendar(String every, String start, String zone) {
    return new WindowCalendar(PartitionsSpec.parse(every, start, zone, ""));
  }

  private static List<String> keys(List<PartitionWindow> windows) {
    return windows.stream().map(PartitionWindow::key).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hour | 2024-02-28T22 2024-02-28T23 2024-02-29T00 | 2024-02-28T22:30 | 2024-02-29T00:30:00Z",
        "day | 2024-02-28 2024-02-29 2024-03-01 | 2024-02-28 | 2024-03-01T12:00:00Z",
        "week | 2024-02-26 2024-03-04 | 2024-02-29 | 2024-03-05T00:00:00Z",
        "month | 2024-01 2024-02 2024-03 | 2024-01-31 | 2024-03-01T00:00:01Z",
        "year | 2023 2024 | 2023-06-01 | 2024-01-02T00:00:00Z"
      })
  void windowsFollowEachOtherFromTheFirstOn(
      String every, String expected, String start, Instant until) {
    List<PartitionWindow> windows = calendar(every, start, "").until(until);

    assertThat(keys(windows)).containsExactly(expected.split(" "));
    for (int i = 1; i < windows.size(); i++) {
      assertThat(windows.get(i).start()).isEqualTo(windows.get(i - 1).end());
    }
  }

  @Test
  void daysAreThoseOfTheTimeZone() {
    List<PartitionWindow> days =
        calendar("day", "2024-03-30", "Europe/Berlin").until(Instant.parse("2024-04-01T00:00:00Z"));

    assertThat(keys(days)).containsExactly("2024-03-30", "2024-03-31", "2024-04-01");
    assertThat(days.get(0).start()).isEqualTo("2024-03-29T23:00:00Z");
    assertThat(Duration.between(days.get(1).start(), days.get(1).end())).hasHours(23);
  }

  @Test
  void theHourThatComesTwiceIsTwoWindows() {
    WindowCalendar berlin = calendar("hour", "2024-10-27", "Europe/Berlin");

    List<PartitionWindow> hours =
        berlin.within(
            new Range(
                Instant.parse("2024-10-27T00:00:00Z"), Instant.parse("2024-10-27T02:00:00Z")));

    assertThat(keys(hours)).containsExactly("2024-10-27T02+02:00", "2024-10-27T02+01:00");
    assertThat(keys(berlin.within(berlin.range("2024-10-27T02+01:00"))))
        .containsExactly("2024-10-27T02+01:00");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-28,1,2024-02-28",
    "2024-02,29,2024-02-01",
    "2024,366,2024-01-01",
    "2024-02-28..2024-03-01,3,2024-02-28",
    "2023-12-30..2024-01-02,2,2024-01-01",
    "2024-02-28T13,1,2024-02-28",
    "2024-02-28T23:59:59Z,1,2024-02-28"
  })
  void aRangeHoldsBothItsEnds(String range, int count, String first) {
    WindowCalendar days = calendar("day", "2024-01-01", "");

    List<PartitionWindow> windows = days.within(days.range(range));

    assertThat(windows).hasSize(count);
    assertThat(windows.get(0).key()).isEqualTo(first);
  }

  @Test
  void everyKeyNamesItsWindow() {
    for (String every : List.of("hour", "day", "week", "month", "year")) {
      WindowCalendar calendar = calendar(every, "2024-03-25", "Europe/Berlin");
      for (PartitionWindow window : calendar.until(Instant.parse("2024-05-02T00:00:00Z"))) {
        assertThat(calendar.within(calendar.range(window.key()))).contains(window);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2024-13", "2024-02-30", "2024-02-02..2024-02-01", ".."})
  void whatIsNoRangeIsRefused(String text) {
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> calendar("day", "2024-01-01", "").range(text))
        .satisfies(e -> assertThat(e.hint()).contains("2024-10-15"));
  }
}
