package dev.firn.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.state.LoadedWindows.Entry;
import dev.firn.state.LoadedWindows.Progress;
import dev.firn.state.LoadedWindows.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is kept of windows says of each hour what happened to it last. */
class LoadedWindowsProperties {
  private static final int HOURS = 24;

  private record Step(int from, int hours, Progress progress) {
    Window window() {
      return span(from, Math.min(from + hours, HOURS));
    }
  }

  private static Window span(int from, int to) {
    return new Window(Instant.ofEpochSecond(3600L * from), Instant.ofEpochSecond(3600L * to));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, HOURS - 1),
            Arbitraries.integers().between(1, 6),
            Arbitraries.of(Progress.NONE, Progress.DONE))
        .as(Step::new)
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 300)
  void everyHourIsAsItWasLeft(@ForAll("steps") List<Step> steps) {
    LoadedWindows windows = LoadedWindows.NONE;
    boolean[] done = new boolean[HOURS];
    for (Step step : steps) {
      windows = windows.with(new Entry(step.window(), step.progress()));
      for (int hour = step.from(); hour < Math.min(step.from() + step.hours(), HOURS); hour++) {
        done[hour] = step.progress() == Progress.DONE;
      }
    }

    for (int hour = 0; hour < HOURS; hour++) {
      Progress expected = done[hour] ? Progress.DONE : Progress.NONE;
      assertThat(windows.entry(span(hour, hour + 1)).progress()).isEqualTo(expected);
    }
    for (int i = 1; i < windows.done().size(); i++) {
      assertThat(windows.done().get(i).start()).isAfter(windows.done().get(i - 1).end());
    }
    ResourceState state = new ResourceState(3, Optional.empty(), Optional.empty(), windows, "load");
    assertThat(ResourceState.parse(state.toJson())).isEqualTo(state);
  }

  @Property(tries = 50)
  void anOpenWindowIsDoneWithWhatCoversIt(@ForAll("steps") List<Step> steps) {
    LoadedWindows windows = LoadedWindows.NONE;
    for (Step step : steps) {
      windows = windows.with(new Entry(step.window(), Progress.OPEN));
      assertThat(windows.entry(step.window())).isEqualTo(new Entry(step.window(), Progress.OPEN));
    }

    LoadedWindows whole = windows.with(new Entry(span(0, HOURS), Progress.DONE));

    assertThat(whole.open()).isEmpty();
    assertThat(whole.done()).containsExactly(span(0, HOURS));
  }
}
