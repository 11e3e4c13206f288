package dev.firn.iceberg.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.FirnException;
import dev.firn.state.LoadedWindows.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Partitions by what they are called: days since 1970, as 19 723 for the first of 2024. */
class WindowPartitionsTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "at", Types.TimestampType.withZone()),
          Types.NestedField.optional(2, "made", Types.TimestampType.withoutZone()),
          Types.NestedField.optional(3, "day", Types.DateType.get()),
          Types.NestedField.optional(4, "region", Types.StringType.get()));
  private static final int FIRST = (int) LocalDate.of(2024, 1, 1).toEpochDay();

  private static Window window(String start, String end) {
    return new Window(Instant.parse(start), Instant.parse(end));
  }

  private static List<Integer> days(Window window, PartitionSpec spec) {
    WindowPartitions partitions = new WindowPartitions(Optional.of(window));
    return IntStream.range(FIRST - 3, FIRST + 10)
        .filter(day -> partitions.hold(spec, partition(spec, day)))
        .mapToObj(day -> day - FIRST + 1)
        .toList();
  }

  private static List<Integer> refused(Window window, PartitionSpec spec) {
    WindowPartitions partitions = new WindowPartitions(Optional.of(window));
    return IntStream.range(FIRST - 3, FIRST + 10)
        .filter(day -> !mayBring(partitions, spec, partition(spec, day)))
        .mapToObj(day -> day - FIRST + 1)
        .toList();
  }

  private static boolean mayBring(
      WindowPartitions partitions, PartitionSpec spec, PartitionData partition) {
    try {
      partitions.require(spec, List.of(partition));
      return true;
    } catch (FirnException e) {
      return false;
    }
  }

  private static PartitionData partition(PartitionSpec spec, int day) {
    PartitionData partition = new PartitionData(spec.partitionType());
    for (int i = 0; i < spec.fields().size(); i++) {
      boolean text =
          spec.schema().findType(spec.fields().get(i).sourceId()).typeId().name().equals("STRING");
      partition.set(i, text ? "north" : (Object) day);
    }
    return partition;
  }

  private static PartitionSpec.Builder spec() {
    return PartitionSpec.builderFor(SCHEMA);
  }

  @Test
  void aWindowHoldsItsDaysInWhateverColumn() {
    Window second = window("2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z");
    Window week = window("2024-01-01T00:00:00Z", "2024-01-08T00:00:00Z");

    assertThat(days(second, spec().day("at").build())).containsExactly(2);
    assertThat(days(second, spec().day("made").identity("region").build())).containsExactly(2);
    assertThat(days(second, spec().identity("day").build())).containsExactly(2);
    assertThat(days(second, spec().day("day").build())).containsExactly(2);
    assertThat(days(week, spec().day("at").build())).containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void aPartitionThatReachesIntoTheNextWindowStays() {
    Window elsewhere = window("2024-01-01T23:00:00Z", "2024-01-03T23:00:00Z");

    assertThat(days(elsewhere, spec().day("at").identity("region").build())).containsExactly(2);
    assertThat(days(elsewhere, spec().identity("day").build())).isEmpty();
  }

  @Test
  void whereSeveralColumnsMightBeMeantNoPartitionGoes() {
    Window second = window("2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z");

    assertThat(days(second, spec().day("at").day("made").build())).isEmpty();
    assertThat(days(second, spec().identity("region").build())).isEmpty();
  }

  @Test
  void aPartitionWithoutATimeIsInNoWindow() {
    PartitionSpec spec = spec().day("at").build();

    Window second = window("2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z");
    PartitionData none = new PartitionData(spec.partitionType());

    WindowPartitions partitions = new WindowPartitions(Optional.of(second));
    assertThat(partitions.hold(spec, none)).isFalse();
    assertThat(mayBring(partitions, spec, none)).isFalse();
  }

  @Test
  void rowsThatLieInNoPartOfTheWindowAreRefused() {
    Window week = window("2024-01-01T00:00:00Z", "2024-01-08T00:00:00Z");
    Window elsewhere = window("2024-01-01T23:00:00Z", "2024-01-07T23:00:00Z");

    assertThat(refused(week, spec().day("at").build())).containsExactly(-2, -1, 0, 8, 9, 10);
    assertThat(refused(week, spec().identity("day").identity("region").build()))
        .containsExactly(-2, -1, 0, 8, 9, 10);
    assertThat(refused(elsewhere, spec().day("at").build())).containsExactly(-2, -1, 0, 8, 9, 10);
  }

  @Test
  void whereTheWindowsRowsCannotBeToldNoneAreRefused() {
    Window elsewhere = window("2024-01-01T23:00:00Z", "2024-01-02T23:00:00Z");
    PartitionSpec days = spec().day("at").build();

    assertThat(refused(elsewhere, spec().identity("day").build())).isEmpty();
    assertThat(refused(elsewhere, spec().day("at").day("made").build())).isEmpty();
    assertThat(refused(elsewhere, spec().identity("region").build())).isEmpty();
    assertThat(mayBring(new WindowPartitions(Optional.empty()), days, partition(days, FIRST)))
        .isTrue();
  }
}
