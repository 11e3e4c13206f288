package dev.firn.testkit;

import dev.firn.load.WriteDisposition;
import dev.firn.source.NamingRules;
import dev.firn.source.NamingRules.OnCollision;
import dev.firn.source.NamingRules.Style;
import dev.firn.source.ResourceSpec;
import dev.firn.testkit.Laws.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The tables do not depend on how their records were read. */
class ReadingProperties {
  private static final ResourceSpec PLAIN =
      ResourceSpec.named("t").withNaming(new NamingRules(Style.SNAKE_CASE, OnCollision.SUFFIX));
  private static final ResourceSpec MERGED =
      PLAIN.withKey(List.of("id")).withDisposition(WriteDisposition.MERGE);

  @Provide
  Arbitrary<List<String>> keyed() {
    return Records.keyed(12).filter(ReadingProperties::withoutCollisions);
  }

  private static boolean withoutCollisions(List<String> records) {
    return ReferenceNormalizer.contents("ns.t", records).isPresent();
  }

  /** Few ids for many records, so that several carry the same. */
  @Provide
  Arbitrary<List<String>> doubled() {
    return Combinators.combine(keyed(), Arbitraries.longs())
        .as(
            (records, seed) -> {
              Random random = new Random(seed);
              List<String> doubled = new ArrayList<>();
              for (String record : records) {
                doubled.add(record.replaceFirst("\\d+", Integer.toString(random.nextInt(5))));
              }
              return doubled;
            });
  }

  @Provide
  Arbitrary<Way> ways() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(2, 3),
            Arbitraries.of(0L, 1L, 2000L),
            Arbitraries.of(true, false))
        .as(Way::new);
  }

  @Property(tries = 60)
  void anyOrderAndCutGiveTheSameTables(
      @ForAll("keyed") List<String> records, @ForAll("ways") Way way, @ForAll long seed) {
    Laws.sameTablesHoweverRead(
        MemoryDestination::new,
        ListSource.ofJson(PLAIN, records),
        seed,
        List.of(way, new Way(1, 2, 1, false)));
  }

  @Property(tries = 60)
  void anyOrderAndCutMergeUniqueKeysToTheSameTables(
      @ForAll("keyed") List<String> records, @ForAll("ways") Way way, @ForAll long seed) {
    Laws.sameTablesHoweverRead(
        MemoryDestination::new, ListSource.ofJson(MERGED, records), seed, List.of(way));
  }

  @Property(tries = 60)
  void theLastRecordOfAKeyWinsHoweverTheInputIsCut(
      @ForAll("doubled") List<String> records, @ForAll("ways") Way way) {
    Laws.sameTablesHoweverCut(
        MemoryDestination::new, ListSource.ofJson(MERGED, records), List.of(way));
  }

  @Property(tries = 60)
  void mergingTheSameRecordsAgainChangesNothing(
      @ForAll("doubled") List<String> records, @ForAll("ways") Way way) {
    Laws.loadingAgainChangesNothing(
        new MemoryDestination(), ListSource.ofJson(MERGED, records), way);
  }

  @Property(tries = 60)
  void rejectedRecordsLeaveNoTrace(
      @ForAll("keyed") List<String> good,
      @ForAll("keyed") List<String> broken,
      @ForAll("ways") Way way,
      @ForAll @IntRange(min = 1, max = 9) int tail) {
    List<String> mixed = new ArrayList<>();
    int bad = 0;
    for (int i = 0; i < Math.max(good.size(), broken.size()); i++) {
      if (i < good.size()) {
        mixed.add(good.get(i));
      }
      if (i < broken.size()) {
        String text = broken.get(i);
        mixed.add(text.substring(0, Math.max(1, text.length() - tail)));
        bad++;
      }
    }
    Laws.rejectedRecordsLeaveNoTrace(
        MemoryDestination::new,
        ListSource.ofJson(PLAIN, mixed),
        ListSource.ofJson(PLAIN, good),
        bad,
        way);
  }

  @Property(tries = 60)
  void aSecondLoadLosesNothing(
      @ForAll("keyed") List<String> first, @ForAll("keyed") List<String> second) {
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    Assume.that(withoutCollisions(both));
    Laws.evolutionLosesNothing(
        new MemoryDestination(), ListSource.ofJson(PLAIN, first), ListSource.ofJson(PLAIN, second));
  }

  /** Flat records whose keys meet in few names. */
  @Provide
  Arbitrary<List<String>> colliding() {
    Arbitrary<String> field =
        Combinators.combine(
                Arbitraries.of("a b", "a_b", "A_B", "a-b", "c", "C", "c."),
                Arbitraries.of("1", "2.5", "\"x\"", "true"))
            .as((key, value) -> "\"" + key + "\":" + value);
    return field
        .list()
        .ofMaxSize(4)
        .uniqueElements(text -> text.split(":")[0])
        .map(fields -> "{" + String.join(",", fields) + "}")
        .list()
        .ofMaxSize(10);
  }

  @Property(tries = 60)
  void namesThatCollideGetTheSameSuffixesInAnyOrder(
      @ForAll("colliding") List<String> records, @ForAll("ways") Way way, @ForAll long seed) {
    Laws.sameTablesHoweverRead(
        MemoryDestination::new, ListSource.ofJson(PLAIN, records), seed, List.of(way));
  }

  @Property(tries = 60)
  void splitsThatAreLeftOutLeaveNoTrace(
      @ForAll("keyed") List<String> records,
      @ForAll("ways") Way way,
      @ForAll @IntRange(min = 0, max = 11) int broken) {
    Assume.that(broken < records.size());
    List<String> mixed = new ArrayList<>(records);
    mixed.set(broken, records.get(broken).replaceFirst("}$", ""));
    int first = broken / way.splitSize() * way.splitSize();
    List<String> good = new ArrayList<>(records);
    good.subList(first, Math.min(records.size(), first + way.splitSize())).clear();

    Laws.brokenSplitsLeaveNoTrace(
        MemoryDestination::new,
        ListSource.ofJson(PLAIN, mixed),
        ListSource.ofJson(PLAIN, good),
        way);
  }
}
