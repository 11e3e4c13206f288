package dev.firn.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.error.FirnException;
import dev.firn.schema.DataType;
import dev.firn.state.ResourceState.Slice;
import java.util.List;
import java.util.Optional;
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
  void textThatIsNoStateIsRefused() {
    assertThatExceptionOfType(FirnException.class).isThrownBy(() -> ResourceState.parse("{"));
  }
}
