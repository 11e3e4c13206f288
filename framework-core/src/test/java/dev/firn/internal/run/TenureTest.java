package dev.firn.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.destination.LiveTable;
import dev.firn.destination.MetadataService;
import dev.firn.destination.SnapshotInfo;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.run.Tenure.Terms;
import dev.firn.pipeline.OnLocked;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import dev.firn.state.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TenureTest {
  private static final TableName ORDERS = TableName.parse("shop.orders");
  private static final Duration LENGTH = Duration.ofMinutes(10);

  private final Shop shop = new Shop();
  private final ToldClock clock = new ToldClock();

  private Tenure begin(String run, String owner) {
    return begin(run, owner, OnLocked.FAIL, () -> {});
  }

  private Tenure begin(String run, String owner, OnLocked onLocked, Waiting waiting) {
    return Tenure.begin(
        new Terms(shop, "shop", run, owner, LENGTH, onLocked, waiting, clock), ORDERS);
  }

  @Test
  void shortRunLeavesTheTableAlone() {
    try (Tenure tenure = begin("run-1", "host-1")) {
      clock.pass(Duration.ofSeconds(9));
      tenure.tick();

      assertThat(tenure.lease().epoch()).isEqualTo(1);
    }

    assertThat(shop.writes).isZero();
  }

  @Test
  void longRunIsAnnouncedOnceEachHalfOfItsLease() {
    try (Tenure tenure = begin("run-1", "host-1")) {
      for (int minute = 0; minute < 12; minute++) {
        clock.pass(Duration.ofMinutes(1));
        tenure.tick();
      }

      assertThat(shop.lease().holder().orElseThrow().owner()).isEqualTo("host-1");
      assertThat(shop.lease().keepsOut("host-2", clock.instant())).isTrue();
      assertThat(shop.writes).isEqualTo(3);
    }

    assertThat(shop.lease()).isEqualTo(new Lease(1, "run-1", Optional.empty()));
  }

  @Test
  void announcedRunKeepsOthersOut() {
    try (Tenure tenure = begin("run-1", "host-1")) {
      clock.pass(Duration.ofSeconds(10));
      tenure.tick();

      assertThatThrownBy(() -> begin("run-2", "host-2"))
          .hasMessageContaining("run-1 of host-1")
          .extracting(e -> ((FirnException) e).code())
          .isEqualTo(ErrorCode.ALREADY_RUNNING);
    }

    assertThat(begin("run-2", "host-2").lease().epoch()).isEqualTo(2);
  }

  @Test
  void whoWaitsBeginsWhenTheOtherOneHasEnded() {
    Tenure first = begin("run-1", "host-1");
    clock.pass(Duration.ofSeconds(10));
    first.tick();

    Tenure second = begin("run-2", "host-2", OnLocked.WAIT, first::close);

    assertThat(second.lease().epoch()).isEqualTo(2);
  }

  @Test
  void runThatWasKilledIsFollowedAtOnceByItsOwnProject() {
    Tenure killed = begin("run-1", "host-1");
    clock.pass(Duration.ofSeconds(10));
    killed.tick();

    Tenure next = begin("run-2", "host-1");

    assertThat(next.lease().epoch()).isEqualTo(2);
    assertThat(shop.writes).isEqualTo(1);
  }

  @Test
  void expiredLeaseIsTakenOverSoThatItsRunSeesIt() {
    Tenure paused = begin("run-1", "host-1");
    clock.pass(Duration.ofSeconds(10));
    paused.tick();
    clock.pass(LENGTH);

    Tenure next = begin("run-2", "host-2");
    paused.tick();

    assertThat(shop.lease().run()).isEqualTo("run-2");
    assertThat(paused.lease().follows(shop.lease())).isFalse();
    assertThatThrownBy(paused::requireHeld)
        .hasMessageContaining("took over from run run-1")
        .extracting(e -> ((FirnException) e).code())
        .isEqualTo(ErrorCode.LEASE_LOST);
    paused.close();
    next.requireHeld();
    assertThat(shop.lease().run()).isEqualTo("run-2");
  }

  @Test
  void tableThatIsNotThereIsNotAnnounced() {
    shop.there = false;
    try (Tenure tenure = begin("run-1", "host-1")) {
      clock.pass(LENGTH);
      tenure.tick();
      tenure.requireHeld();
    }

    assertThat(shop.writes).isZero();
  }

  @Test
  void tableThatAnotherRunHasMadeMeanwhileIsLost() {
    shop.there = false;
    Tenure slow = begin("run-1", "host-1");
    shop.there = true;
    shop.properties.put(Lease.key("shop"), Lease.NONE.next("run-2").toJson());
    clock.pass(LENGTH);
    slow.tick();

    assertThatThrownBy(slow::requireHeld).isInstanceOf(FirnException.class);
  }

  @Test
  void keptLeaseIsNotGivenBack() {
    Tenure tenure = begin("run-1", "host-1");
    clock.pass(LENGTH);
    tenure.tick();
    tenure.keep();
    tenure.close();

    assertThat(shop.lease().holder()).isPresent();
  }

  /** One table whose properties can be replaced. */
  private static final class Shop implements MetadataService {
    final Map<String, String> properties = new HashMap<>();
    boolean there = true;
    int writes;

    Lease lease() {
      return current(ORDERS).orElseThrow().lease("shop");
    }

    @Override
    public Optional<LiveTable> current(TableName name) {
      return there
          ? Optional.of(
              new LiveTable(
                  TableSchema.of(name, List.of()),
                  "uuid",
                  "memory:",
                  properties,
                  List.of(),
                  OptionalLong.empty(),
                  OptionalLong.empty()))
          : Optional.empty();
    }

    @Override
    public boolean replaceProperty(TableName name, String key, Optional<String> seen, String next) {
      if (!Objects.equals(properties.get(key), seen.orElse(null))) {
        return false;
      }
      properties.put(key, next);
      writes++;
      return true;
    }

    @Override
    public List<TableName> tables() {
      return List.of(ORDERS);
    }

    @Override
    public List<SnapshotInfo> history(TableName name) {
      return List.of();
    }

    @Override
    public List<String> sample(TableName name, int limit) {
      return List.of();
    }
  }

  private static final class ToldClock extends Clock {
    private Instant now = Instant.parse("2024-01-01T12:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
