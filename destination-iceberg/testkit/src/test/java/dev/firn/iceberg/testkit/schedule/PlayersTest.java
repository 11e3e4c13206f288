package dev.firn.iceberg.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.iceberg.testkit.schedule.Players.Stage;
import dev.firn.iceberg.testkit.schedule.Tally.Happening;
import dev.firn.load.DeleteMode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PlayersTest {
  private static final Step.Move GOOD = new Step.Move(0, false);
  private static final Step.Move BAD = new Step.Move(1, true);
  private static final Schedule SOUND = schedule(GOOD);
  private static final Schedule LONG = schedule(GOOD, GOOD, GOOD, GOOD);
  private static final Schedule FAULTY = schedule(GOOD, BAD, GOOD);

  private final Tally tally = new Tally();

  private static Schedule schedule(Step... steps) {
    return new Schedule(new Shape(Way.APPEND, DeleteMode.COPY_ON_WRITE, false), List.of(steps));
  }

  private void play(Stage stage, Schedule... schedules) {
    try (Players players = new Players(stage)) {
      players.playAll(List.of(schedules), tally);
    }
  }

  private static void fail(Schedule schedule) {
    if (schedule.steps().contains(BAD)) {
      throw new AssertionError("bad after %d steps".formatted(schedule.steps().size()));
    }
  }

  @Test
  void aFailureThatRepeatsIsToldOfTheShortestSchedule() {
    AssertionError first =
        catchThrowableOfType(
            AssertionError.class, () -> play((schedule, counts) -> fail(schedule), SOUND, FAULTY));

    assertThat(first).hasMessage("bad after 1 steps");
    assertThat(first.getSuppressed())
        .extracting(Throwable::getMessage)
        .contains("bad after 3 steps");
  }

  @Test
  void aFailureThatDoesNotRepeatIsToldOfTheFullSchedule() {
    AtomicBoolean failed = new AtomicBoolean();
    Stage once =
        (schedule, counts) -> {
          if (schedule.equals(FAULTY) && failed.compareAndSet(false, true)) {
            fail(schedule);
          }
        };

    assertThatThrownBy(() -> play(once, SOUND, FAULTY))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("did not repeat")
        .hasMessageContaining(FAULTY.toString())
        .hasMessageEndingWith("bad after 3 steps");
  }

  @Test
  void nothingIsReducedWhileOthersPlay() {
    CountDownLatch reduced = new CountDownLatch(1);
    AtomicBoolean early = new AtomicBoolean();
    Stage stage =
        (schedule, counts) -> {
          if (schedule.equals(LONG)) {
            early.set(isDownSoon(reduced));
          } else if (!schedule.equals(FAULTY)) {
            reduced.countDown();
          }
          fail(schedule);
        };

    assertThatThrownBy(() -> play(stage, FAULTY, LONG)).isInstanceOf(AssertionError.class);

    assertThat(reduced.getCount()).isZero();
    assertThat(early).isFalse();
  }

  private static boolean isDownSoon(CountDownLatch latch) {
    try {
      return latch.await(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsPlayedToReduceIsNotCounted() {
    Stage counting =
        (schedule, counts) -> {
          counts.count(Happening.SCHEDULES);
          fail(schedule);
        };

    assertThatThrownBy(() -> play(counting, SOUND, FAULTY)).isInstanceOf(AssertionError.class);

    assertThat(tally.of(Happening.SCHEDULES)).isEqualTo(2);
  }
}
