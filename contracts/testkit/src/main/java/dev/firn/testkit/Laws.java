package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.destination.Destination;
import dev.firn.load.LoadCounts;
import dev.firn.pipeline.RunReport;
import dev.firn.pipeline.RunReport.ResourceReport;
import dev.firn.schema.TableName;
import dev.firn.schema.TableSchema;
import java.util.List;
import java.util.function.Supplier;

/**
 * What holds for every input, every destination and every way of reading. Plain methods, free of
 * any test engine: a suite feeds them.
 */
public final class Laws {
  private Laws() {}

  /**
   * A way of reading the same records.
   *
   * @param splitSize records a split
   * @param memoryBytes of rows; 1 writes a set after every split
   * @param sampled whether types are guessed from samples first
   */
  public record Way(int splitSize, int threads, long memoryBytes, boolean sampled) {
    /** All records in one split on one thread. */
    public static final Way SEQUENTIAL = new Way(Integer.MAX_VALUE, 1, 0, false);

    ListSource read(ListSource source) {
      ListSource split = source.withSplitsOf(splitSize);
      return sampled ? split.withSamples() : split;
    }

    Loading by(Loading loading) {
      return loading.with(threads, memoryBytes);
    }
  }

  /** However the records are read, and in whatever order they come, the same tables result. */
  public static void sameTablesHoweverRead(
      Supplier<? extends Destination> fresh, ListSource source, long shuffle, List<Way> ways) {
    Contents expected = load(fresh.get(), source, Way.SEQUENTIAL);
    for (Way way : ways) {
      assertThat(load(fresh.get(), source.shuffled(shuffle), way))
          .as("%s", way)
          .isEqualTo(expected);
    }
  }

  /**
   * However the records are read, in their order, the same tables result: also where the last of a
   * key wins.
   */
  public static void sameTablesHoweverCut(
      Supplier<? extends Destination> fresh, ListSource source, List<Way> ways) {
    Contents expected = load(fresh.get(), source, Way.SEQUENTIAL);
    for (Way way : ways) {
      assertThat(load(fresh.get(), source, way)).as("%s", way).isEqualTo(expected);
    }
  }

  private static Contents load(Destination destination, ListSource source, Way way) {
    RunReport report = way.by(Loading.into(destination)).load(way.read(source));
    everyRecordIsCounted(report);
    return contents(destination, source);
  }

  /** What the source's table and its child tables hold. */
  public static Contents contents(Destination destination, ListSource source) {
    return Contents.of(destination.metadata(), tableOf(source));
  }

  /** The table that a source's records go to. */
  public static TableName tableOf(ListSource source) {
    var resource = source.resources().get(0);
    return TableName.parse(resource.table().orElse(resource.name())).inNamespace(Loading.NAMESPACE);
  }

  /** read = loaded + quarantined + filtered. */
  public static void everyRecordIsCounted(RunReport report) {
    for (ResourceReport resource : report.resources()) {
      LoadCounts counts = resource.counts();
      long filtered =
          resource.superseded() + counts.discarded() + counts.boundary() + counts.outOfWindow();
      assertThat(resource.loaded() + counts.quarantined() + filtered)
          .as("%s", resource)
          .isEqualTo(counts.read());
    }
  }

  /** Records that are rejected leave no trace: the good ones alone give the same tables. */
  public static void rejectedRecordsLeaveNoTrace(
      Supplier<? extends Destination> fresh, ListSource mixed, ListSource good, int bad, Way way) {
    Destination destination = fresh.get();
    RunReport report =
        way.by(Loading.into(destination))
            .load(way.read(mixed.withOnError(ListSource.OnError.CONTINUE)));
    Contents expected = load(fresh.get(), good, Way.SEQUENTIAL);

    everyRecordIsCounted(report);
    assertThat(contents(destination, mixed)).isEqualTo(expected);
    assertThat(report.resources().get(0).counts().discarded()).isEqualTo(bad);
  }

  /** Splits that are left out leave no trace: the others alone give the same tables. */
  public static void brokenSplitsLeaveNoTrace(
      Supplier<? extends Destination> fresh, ListSource mixed, ListSource good, Way way) {
    Destination destination = fresh.get();
    RunReport report =
        way.by(Loading.into(destination))
            .load(way.read(mixed.withOnError(ListSource.OnError.SKIP_SPLIT)));
    Contents expected = load(fresh.get(), good, Way.SEQUENTIAL);

    everyRecordIsCounted(report);
    assertThat(report.resources().get(0).warnings()).isNotEmpty();
    assertThat(contents(destination, mixed)).isEqualTo(expected);
  }

  /**
   * Loading the same records again under a merge changes nothing, and commits nothing. Records that
   * lost digits in a column that was not committed yet are no matter of this law: the committed
   * column sends them to a companion.
   */
  public static void loadingAgainChangesNothing(
      Destination destination, ListSource source, Way way) {
    Loading loading = Loading.into(destination);
    if (loading.load(source).resources().get(0).counts().inTables().lossy() > 0) {
      return;
    }
    Contents before = contents(destination, source);
    int commits = commits(destination, source);

    RunReport again = way.by(loading).load(way.read(source));

    everyRecordIsCounted(again);
    assertThat(contents(destination, source)).isEqualTo(before);
    assertThat(commits(destination, source)).isEqualTo(commits);
    assertThat(again.status()).isEqualTo("nothing-to-do");
  }

  private static int commits(Destination destination, ListSource source) {
    return destination.metadata().current(tableOf(source)).isEmpty()
        ? 0
        : destination.metadata().history(tableOf(source)).size();
  }

  /**
   * A later load neither takes a column away nor changes a type but by promotion, nor loses a
   * value.
   */
  public static void evolutionLosesNothing(
      Destination destination, ListSource first, ListSource second) {
    Loading loading = Loading.into(destination);
    loading.load(first);
    Contents before = contents(destination, first);

    everyRecordIsCounted(loading.load(second));

    Contents after = contents(destination, first);
    assertThat(after.records()).containsAll(before.records());
    before
        .columns()
        .forEach(
            (table, columns) ->
                assertThat(after.columns().get(table)).as(table).containsAllEntriesOf(columns));
  }

  /** The schema that a destination holds, for what follows from it. */
  public static TableSchema schema(Destination destination, TableName table) {
    return destination.metadata().current(table).orElseThrow().schema();
  }
}
