package dev.firn.iceberg.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** When bearers are asked for, and who waits for them. */
class BearersTest {
  private final Hands clock = new Hands();
  private final List<Map<String, String>> asked = new ArrayList<>();
  private final Bearers bearers =
      Bearers.by(
          TokenForms.credentials("https://login/token", Map.of("client_secret", "s")), clock);

  /** A clock that is set by hand. */
  private static final class Hands extends Clock {
    private long millis = 1_700_000_000_000L;

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
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

  private Bearers.Post giving(String token, Long seconds) {
    return (endpoint, form) -> {
      asked.add(form);
      return new TokenAnswer(token, seconds, null);
    };
  }

  private Bearers.Post givingWithoutLife(String token) {
    return (endpoint, form) -> {
      asked.add(form);
      return new TokenAnswer(token, null, null);
    };
  }

  private void pass(long seconds) {
    clock.millis += seconds * 1_000;
  }

  @Test
  void newOneIsAskedForWhenTwoThirdsAreOver() {
    assertThat(bearers.token(giving("one", 90L))).isEqualTo("one");
    pass(59);
    assertThat(bearers.token(giving("two", 90L))).isEqualTo("one");
    pass(1);
    assertThat(bearers.token(giving("two", 90L))).isEqualTo("two");

    assertThat(asked).hasSize(2);
  }

  @Test
  void lifeThatIsNotSaidIsTakenToBeShort() {
    bearers.token(givingWithoutLife("one"));
    pass(299);

    assertThat(bearers.token(givingWithoutLife("two"))).isEqualTo("two");
  }

  @Test
  void lifeOfNothingIsNotSaidEither() {
    bearers.token(giving("one", 0L));

    assertThat(bearers.token(giving("two", 0L))).as("at once").isEqualTo("one");
  }

  @Test
  void lifeThatATokenNamesItselfIsBelieved() {
    long end = clock.millis / 1_000 + 3_000;
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"exp\":%d}".formatted(end).getBytes(StandardCharsets.UTF_8));
    String token = "head." + payload + ".signature";

    bearers.token(givingWithoutLife(token));
    pass(1_999);
    assertThat(bearers.token(givingWithoutLife("two"))).isEqualTo(token);
    pass(2);
    assertThat(bearers.token(givingWithoutLife("two"))).isEqualTo("two");
  }

  @Test
  void tokenWithDotsThatSaysNothingIsNoMistake() {
    assertThat(bearers.token(givingWithoutLife("a.!!.c"))).isEqualTo("a.!!.c");
    pass(300);
    assertThat(bearers.token(givingWithoutLife("a.bm8.c"))).isEqualTo("a.bm8.c");
  }

  @Test
  void othersGoOnWithTheOldOneWhileOneAsksForTheNext() throws Exception {
    bearers.token(giving("one", 90L));
    pass(60);
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    Bearers.Post slow =
        (endpoint, form) -> {
          isAsked.countDown();
          await(mayAnswer);
          return new TokenAnswer("two", 90L, null);
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<String> next = thread.submit(() -> bearers.token(slow));
    isAsked.await();

    assertThat(bearers.token(giving("three", 90L))).isEqualTo("one");

    mayAnswer.countDown();
    assertThat(next.get()).isEqualTo("two");
    assertThat(bearers.token(giving("three", 90L))).isEqualTo("two");
    thread.shutdown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThatIsNotAcceptedIsReplacedOnceForAll() {
    bearers.token(giving("one", 90L));

    assertThat(bearers.replaces("one", giving("two", 90L))).isTrue();
    assertThat(bearers.replaces("one", giving("three", 90L))).as("is replaced already").isTrue();

    assertThat(bearers.token(giving("three", 90L))).isEqualTo("two");
    assertThat(Bearers.lasting("own").replaces("own", giving("x", 1L))).isFalse();
  }
}
