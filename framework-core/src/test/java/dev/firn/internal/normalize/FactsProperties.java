package dev.firn.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.internal.normalize.LoadPlan.Guess;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Summaries merge in any order and grouping, and the type follows from the summary alone. */
class FactsProperties {
  @Provide
  Arbitrary<Guess> guesses() {
    return Combinators.combine(
            Arbitraries.integers().between(0, (1 << 18) - 1),
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(0, 40))
        .as((facts, whole, scale) -> new Guess(facts, whole << 16 | scale));
  }

  @Provide
  Arbitrary<List<Guess>> many() {
    return guesses().list().ofMinSize(1).ofMaxSize(6);
  }

  @Property(tries = 200)
  void mergingIsFreeOfOrderAndRepetition(@ForAll("many") List<Guess> guesses, @ForAll long seed) {
    List<Guess> other = new ArrayList<>(guesses);
    other.addAll(guesses.subList(0, 1));
    Collections.shuffle(other, new Random(seed));

    Guess left = guesses.stream().reduce(new Guess(0, 0), Guess::plus);
    Guess right = other.stream().reduce(Guess::plus).orElseThrow();

    assertThat(right).isEqualTo(left);
  }

  @Property(tries = 200)
  void mergingIsFreeOfGrouping(
      @ForAll("guesses") Guess a, @ForAll("guesses") Guess b, @ForAll("guesses") Guess c) {
    assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
  }

  @Property(tries = 500)
  void everySummaryHasAType(@ForAll("guesses") Guess guess) {
    DataType type = Facts.type(guess.facts(), guess.digits());

    if (guess.facts() == 0) {
      assertThat(type).isNull();
    } else {
      assertThat(type).isNotNull();
    }
  }

  @Example
  void theTableOfTypesIsThatOfTheRules() {
    int canonical = Facts.STRING | Facts.STRING_NOT_BOOLEAN;
    int fraction = canonical | Facts.STRING_FRACTION;
    int words = Facts.STRING | Facts.STRING_NOT_NUMBER;

    assertThat(Facts.type(Facts.LONG | Facts.DOUBLE, 0)).isEqualTo(Simple.DOUBLE);
    assertThat(Facts.type(Facts.LONG | Facts.BIG, 0)).isEqualTo(new DataType.Decimal(38, 0));
    assertThat(Facts.type(Facts.BIG | Facts.DOUBLE, 0)).isEqualTo(Simple.DOUBLE);
    assertThat(Facts.type(Facts.LONGER | Facts.LONG, 0)).isEqualTo(Simple.STRING);
    assertThat(Facts.type(Facts.OUT_OF_RANGE | Facts.DOUBLE, 0)).isEqualTo(Simple.STRING);
    assertThat(Facts.type(canonical, 0)).isEqualTo(Simple.STRING);
    assertThat(Facts.type(canonical | Facts.LONG, 0)).isEqualTo(Simple.LONG);
    assertThat(Facts.type(canonical | Facts.BIG, 0)).isEqualTo(new DataType.Decimal(38, 0));
    assertThat(Facts.type(fraction | Facts.LONG, 0)).isEqualTo(Simple.DOUBLE);
    assertThat(Facts.type(fraction | Facts.BIG, 0)).isEqualTo(Simple.DOUBLE);
    assertThat(Facts.type(Facts.PLAIN_STRING | Facts.LONG, 0)).isEqualTo(Simple.STRING);
    assertThat(Facts.type(words | Facts.BOOLEAN, 0)).isEqualTo(Simple.BOOLEAN);
    assertThat(Facts.type(Facts.PLAIN_STRING | Facts.BOOLEAN, 0)).isEqualTo(Simple.STRING);
    assertThat(Facts.type(words | Facts.BOOLEAN | Facts.LONG, 0)).isEqualTo(Simple.STRING);
    assertThat(Facts.type(Facts.TIMESTAMP | Facts.STRING, 0)).isEqualTo(Simple.STRING);
    assertThat(Facts.type(Facts.TIMESTAMP | Facts.LONG, 0)).isEqualTo(Simple.STRING);
    assertThat(Facts.type(Facts.DECIMAL, 3 << 16 | 2)).isEqualTo(new DataType.Decimal(5, 2));
    assertThat(Facts.type(Facts.DECIMAL | Facts.LONG, 3 << 16 | 2))
        .isEqualTo(new DataType.Decimal(21, 2));
  }
}
