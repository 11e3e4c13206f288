package dev.firn.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.state.ResourceState.Slice;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResourceStateTest {
  private static final CursorState CURSOR =
      new CursorState("a.b", new DataType.Decimal(10, 2), "1.50", List.of(-5L, 7L));

  @Test
  void aStateIsReadBackAsItWasWritten() {
    ResourceState full = new ResourceState(7, Optional.of(CURSOR), Optional.of("f\"iles"), "01A");

    assertThat(ResourceState.parse(full.toJson())).isEqualTo(full);
    assertThat(ResourceState.parse(ResourceState.NONE.toJson())).isEqualTo(ResourceState.NONE);
  }

  @Test
  void aLoadAddsOneToTheVersionAndPutsItsSlice() {
    Slice slice = new Slice(Optional.of(CURSOR), Optional.empty());

    ResourceState after = ResourceState.NONE.advance(slice, "01A");

    assertThat(after).isEqualTo(new ResourceState(1, Optional.of(CURSOR), Optional.empty(), "01A"));
    assertThat(after.slice()).isEqualTo(slice);
  }

  @Test
  void aStateOfAnOlderVersionIsRead() {
    String old =
        """
        {"version":7,"load":"01A","files":"f\\"iles","cursor":{"column":"a.b","type":"decimal(10,2)",
        "value":"1.50","boundary":[-5,7]}}""";

    assertThat(ResourceState.parse(old))
        .isEqualTo(new ResourceState(7, Optional.of(CURSOR), Optional.of("f\"iles"), "01A"));
  }

  @Test
  void aStateOfANewerVersionIsRefused() {
    assertThatExceptionOfType(FirnException.class)
        .isThrownBy(() -> ResourceState.parse("{\"format\":2,\"version\":1,\"load\":\"01A\"}"))
        .withMessageContaining("newer Firn")
        .satisfies(e -> assertThat(e.hint()).contains("Upgrade"));
  }

  @Test
  void tenThousandTiesAreLessThanHundredAndTwentyKilobytes() {
    List<Long> many = LongStream.range(0, 10_000).mapToObj(i -> i * 0x9E3779B97F4A7C15L).toList();
    CursorState cursor = new CursorState("at", DataType.Simple.LONG, "1", many);

    String json = new ResourceState(1, Optional.of(cursor), Optional.empty(), "01A").toJson();

    assertThat(json.length()).isLessThan(120_000);
    assertThat(ResourceState.parse(json).cursor()).contains(cursor);
  }

  @Test
  void textThatIsNoStateIsRefused() {
    assertThatExceptionOfType(FirnException.class).isThrownBy(() -> ResourceState.parse("{"));
  }
}
