package dev.firn.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.error.FirnException;
import dev.firn.state.Lease.Holder;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");

  @Test
  void textGivesTheLeaseBack() {
    Lease free = new Lease(3, "run-1", Optional.empty());
    Lease held = free.heldBy(new Holder("host-1", NOON));

    assertThat(Lease.parse(free.toJson())).isEqualTo(free);
    assertThat(Lease.parse(held.toJson())).isEqualTo(held);
    assertThat(held.released()).isEqualTo(free);
    assertThatThrownBy(() -> Lease.parse("{")).isInstanceOf(FirnException.class);
    assertThatThrownBy(() -> Lease.parse("{\"owner\": \"x\", \"until\": \"soon\"}"))
        .isInstanceOf(FirnException.class);
  }

  @Test
  void runThatBeganBeforeAnotherOneWroteIsFenced() {
    Lease first = Lease.NONE.next("run-1");
    Lease second = Lease.NONE.next("run-2");

    assertThat(first.follows(Lease.NONE)).isTrue();
    assertThat(second.follows(Lease.NONE)).isTrue();
    assertThat(first.follows(second)).isFalse();
    assertThat(second.follows(first)).isFalse();
    assertThat(first.follows(second.next("run-3"))).isFalse();
  }

  @Test
  void runWritesAsOftenAsItLikes() {
    Lease first = Lease.NONE.next("run-1");

    assertThat(first.follows(first)).isTrue();
    assertThat(first.next("run-1")).isEqualTo(first);
    assertThat(first.next("run-2").follows(first)).isTrue();
    assertThat(first.next("run-2").epoch()).isEqualTo(2);
  }

  @Test
  void holderKeepsOthersOutUntilItsTimeIsOver() {
    Lease held = Lease.NONE.next("run-1").heldBy(new Holder("host-1", NOON));

    assertThat(held.keepsOut("host-2", NOON.minusMillis(1))).isTrue();
    assertThat(held.keepsOut("host-2", NOON)).isFalse();
    assertThat(held.keepsOut("host-1", NOON.minusMillis(1))).isFalse();
    assertThat(held.released().keepsOut("host-2", NOON.minusMillis(1))).isFalse();
  }
}
