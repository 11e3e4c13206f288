package dev.firn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.RunReport;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.TableName;
import dev.firn.source.ResourceSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys of merges: what may be one, and what becomes of rows that share one. */
class KeyCasesTest {
  private final MemoryDestination destination = new MemoryDestination();
  private final Loading loading = Loading.into(destination).with(2, 1);

  private static ResourceSpec keyedBy(String... key) {
    return ResourceSpec.named("t").withKey(List.of(key)).withDisposition(WriteDisposition.MERGE);
  }

  private FirnException failure(ResourceSpec resource, String... records) {
    return loading
        .tryLoad(ListSource.ofJson(resource, records).withSplitsOf(1))
        .error()
        .orElseThrow();
  }

  @Test
  void aNullKeyIsADataErrorThatNamesItsColumn() {
    for (String record : List.of("{\"id\":null,\"a\":1}", "{\"a\":1}", "{\"id\":{\"x\":1}}")) {
      FirnException failure = failure(keyedBy("id"), "{\"id\":1}", record);

      assertThat(failure.code()).isEqualTo(ErrorCode.BAD_KEY_VALUE);
      assertThat(failure).hasMessageContaining("'id'").hasMessageContaining("ns.t");
    }
    assertThat(destination.metadata().tables()).isEmpty();
  }

  @Test
  void aFractionIsNoKeyUnlessItIsDeclared() {
    FirnException plain = failure(keyedBy("id"), "{\"id\":1.5}", "{\"id\":2.5}");
    FirnException withChildren = failure(keyedBy("id"), "{\"id\":1.5,\"l\":[1]}");

    assertThat(plain.code()).isEqualTo(ErrorCode.BAD_KEY_VALUE);
    assertThat(withChildren.code()).isEqualTo(ErrorCode.BAD_KEY_VALUE);
    loading.load(
        ListSource.ofJson(
            keyedBy("id").withColumns(Map.of("id", Simple.STRING)), "{\"id\":1.5,\"l\":[1]}"));
    assertThat(destination.values("ns.t", "id")).containsExactly("1.5");
  }

  @Test
  void aKeyIsFoundByItsPathOrItsColumnsName() {
    loading.load(
        ListSource.ofJson(keyedBy("Meta.eventId", "x"), "{\"Meta\":{\"eventId\":1},\"x\":1}"));
    loading.load(
        ListSource.ofJson(
            keyedBy("meta__event_id", "x"),
            "{\"Meta\":{\"eventId\":1},\"x\":1,\"y\":2}",
            "{\"Meta\":{\"eventId\":1},\"x\":2}"));

    assertThat(destination.rows("ns.t")).hasSize(2);
    assertThat(Laws.schema(destination, TableName.parse("ns.t")).key())
        .containsExactly("meta__event_id", "x");
  }

  @Test
  void theWinnersChildrenAreTheOnlyOnesThatStay() {
    String first = "{\"id\":1,\"l\":[{\"d\":[1,2]},{\"d\":[3]}]}";
    String second = "{\"id\":1,\"l\":[{\"d\":[4]}]}";

    RunReport report =
        loading.load(ListSource.ofJson(keyedBy("id"), first, "{\"id\":2}", second).withSplitsOf(1));

    assertThat(report.resources().get(0).superseded()).isEqualTo(1);
    assertThat(destination.rows("ns.t__l")).hasSize(1);
    assertThat(destination.values("ns.t__l__d", "value")).containsExactly(4L);
    loading.load(ListSource.ofJson(keyedBy("id"), "{\"id\":1}"));
    assertThat(destination.rows("ns.t__l__d")).isEmpty();
    assertThat(destination.rows("ns.t__l")).isEmpty();
  }

  /** The seed's bad key: a day, where many readings share one. */
  @Test
  void aKeyThatManyRecordsOfALoadShareIsAskedAbout() {
    List<String> readings = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      readings.add("{\"date_string\":\"day %d\",\"sgv\":%d}".formatted(i / 12, i));
    }

    RunReport report = loading.load(ListSource.ofJson(keyedBy("date_string"), readings));

    assertThat(report.resources().get(0).warnings())
        .singleElement()
        .asString()
        .startsWith("22 of 24 records share their key (date_string) with a later record");
  }

  @Test
  void aFewVersionsOfOneKeyAreNoMatter() {
    List<String> readings = new ArrayList<>();
    for (int i = 0; i < 109; i++) {
      readings.add("{\"id\":%d}".formatted(i % 100));
    }

    RunReport report = loading.load(ListSource.ofJson(keyedBy("id"), readings));

    assertThat(report.resources().get(0).superseded()).isEqualTo(9);
    assertThat(report.resources().get(0).warnings()).isEmpty();
  }

  @Test
  void aWholeNumberIsOneKeyWhateverItsSourceCallsIt() {
    loading.load(ListSource.ofValues(keyedBy("id"), List.of(Map.of("id", new BigDecimal("7.00")))));

    loading.load(ListSource.ofValues(keyedBy("id"), List.of(Map.of("id", 7L, "a", 1))));

    assertThat(destination.rows("ns.t")).hasSize(1);
    assertThat(destination.values("ns.t", "a")).containsExactly(1L);
  }

  @Test
  void typedValuesKeepTheirTypes() {
    ResourceSpec table = ResourceSpec.named("typed");
    loading.load(
        ListSource.ofValues(
            table,
            List.of(
                Map.of("day", LocalDate.of(2024, 2, 29), "price", new BigDecimal("1.50")),
                Map.of("price", new BigDecimal("123.4"), "bytes", new byte[] {1, 127}),
                Map.of("price", 5L))));

    assertThat(destination.values("ns.typed", "day")).containsExactly("2024-02-29");
    assertThat(destination.values("ns.typed", "bytes")).containsExactly("AX8=");
    assertThat(Laws.schema(destination, TableName.parse("ns.typed")).column("price"))
        .hasValueSatisfying(column -> assertThat(column.type().word()).isEqualTo("decimal(21,2)"));
  }
}
