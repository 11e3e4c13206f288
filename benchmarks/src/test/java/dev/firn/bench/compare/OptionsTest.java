package dev.firn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void withoutOptionsAllToolsLoadSmallInputs() {
    Options options = Options.parse();

    assertThat(options.tools()).containsExactly("firn", "duckdb", "spark");
    assertThat(options.inputs()).extracting(Input::size).containsExactly(20L, 100_000L, 100_000L);
    assertThat(options.runs())
        .containsExactlyInAnyOrder("load", "start", "merge", "changes", "memory");
    assertThat(options.rounds()).isEqualTo(3);
  }

  @Test
  void fullTakesTheLargeInputsFiveTimes() {
    Options options = Options.parse("--full", "--tools", "firn");

    assertThat(options.inputs()).hasSize(5).extracting(Input::name).contains("trips_10m.csv");
    assertThat(options.mergeInput().name()).isEqualTo("events_200.jsonl");
    assertThat(options.rounds()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "events_200, events_200.jsonl, 200",
    "trips_2m.csv, trips_2m.csv, 2000000",
    "trips_30k.jsonl, trips_30k.jsonl, 30000"
  })
  void anInputsNameSaysItsSize(String name, String file, long size) {
    Input input = Input.named(name);

    assertThat(input.name()).isEqualTo(file);
    assertThat(input.size()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"events_5.csv", "trips_2m", "trips_x.csv", "customers_1"})
  void anUnknownInputIsAUsersMistake(String name) {
    assertThatThrownBy(() -> Input.named(name))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(name);
  }

  @Test
  void anUnknownOptionIsAUsersMistake() {
    assertThatThrownBy(() -> Options.parse("--repeat", "3"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--repeat 3");
  }
}
