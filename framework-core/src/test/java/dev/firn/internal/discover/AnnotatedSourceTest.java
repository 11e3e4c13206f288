package dev.firn.internal.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.contract.Quarantine;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.DataType.Simple;
import dev.firn.schema.PartitionField;
import dev.firn.schema.SortField;
import dev.firn.schema.TableSettings;
import dev.firn.source.Cursor;
import dev.firn.source.Incremental;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.IncrementalSpec.Bound;
import dev.firn.source.IncrementalSpec.LastValue;
import dev.firn.source.IncrementalSpec.OnMissing;
import dev.firn.source.IncrementalSpec.RowOrder;
import dev.firn.source.NamingRules;
import dev.firn.source.PartitionWindow;
import dev.firn.source.Partitioned;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.Resource;
import dev.firn.source.ResourceSpec;
import dev.firn.source.Secret;
import dev.firn.source.Setting;
import dev.firn.source.Source;
import dev.firn.source.SourceModel;
import dev.firn.source.SourceModel.SettingModel;
import dev.firn.source.TableSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnnotatedSourceTest {
  enum Status {
    OPEN
  }

  record Order(long id, Instant updatedAt, Status status, List<Map<String, Status>> more) {}

  @Source(name = "shop", description = "A shop")
  static class Shop {
    @Setting(defaultValue = "30s")
    Duration callTimeout = Duration.ZERO;

    @Secret String token = "";

    @Resource(
        table = "raw.orders",
        primaryKey = "id",
        writeDisposition = WriteDisposition.MERGE,
        partitionBy = "day(updated_at)",
        columns = "amount: decimal(10,2)",
        renameColumns = "sum: amount",
        dropColumns = "note",
        tableSettings =
            @TableSetting(
                formatVersion = 3,
                sortBy = "updated_at desc",
                targetFileSize = 1 << 20,
                bloomFilters = "id",
                metrics = "note: none",
                properties = "a.b: c:d"),
        evolution = ContractMode.FREEZE,
        maxNesting = 2,
        naming = NamingRules.Style.DIRECT,
        batchRows = 10)
    Stream<Order> orders(
        @Incremental(cursor = "updated_at", initial = "2024-01-01T00:00:00Z", lag = "5m")
            Cursor<Instant> since) {
      return Stream.of();
    }

    @Resource(name = "customers")
    List<Map<String, Object>> all() {
      return List.of();
    }
  }

  @Test
  void annotationsBecomeTheModel() {
    SourceModel model = SourceModel.of(Shop.class);

    assertThat(model.name()).isEqualTo("shop");
    assertThat(model.description()).isEqualTo("A shop");
    assertThat(model.settings())
        .containsExactly(
            new SettingModel("call-timeout", "duration", Optional.of("30s"), false, false),
            new SettingModel("token", "text", Optional.empty(), true, true));
    assertThat(model.resources())
        .extracting(ResourceSpec::name)
        .containsExactly("customers", "orders");
    assertThat(model.resource("customers")).contains(ResourceSpec.named("customers"));
    assertThat(model.resource("orders"))
        .contains(
            new ResourceSpec(
                "orders",
                Optional.of("raw.orders"),
                List.of("id"),
                WriteDisposition.MERGE,
                WriteRules.DEFAULT,
                Optional.of(Evolution.of(ContractMode.FREEZE)),
                Map.of("amount", new DataType.Decimal(10, 2)),
                new ColumnEdits(Map.of("sum", "amount"), List.of("note")),
                List.of(PartitionField.parse("day(updated_at)")),
                new TableSettings(
                    3,
                    List.of(SortField.parse("updated_at desc")),
                    1 << 20,
                    List.of("id"),
                    Map.of("note", "none"),
                    Map.of("a.b", "c:d")),
                OptionalInt.of(2),
                new NamingRules(NamingRules.Style.DIRECT, NamingRules.OnCollision.FAIL),
                ResourceSpec.OnLossy.WARN,
                ResourceSpec.OnNullKey.FAIL,
                true,
                Optional.of(
                    IncrementalSpec.on("updated_at")
                        .withType(Simple.TIMESTAMP)
                        .withInitial("2024-01-01T00:00:00Z")
                        .withLag("5m")),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Quarantine.DEFAULT,
                ResourceMethods.options(10)));
  }

  static class ByNumber implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
      return Integer.compare(one.length(), other.length());
    }
  }

  static class Unmakeable extends ByNumber {
    Unmakeable(int needed) {
      assertThat(needed).isZero();
    }
  }

  @Source(name = "ranges")
  static class Ranges {
    @Resource
    List<Order> backfill(
        @Incremental(
                cursor = "n",
                initial = "9",
                end = "3",
                lastValue = LastValue.MIN,
                rangeStart = Bound.OPEN,
                rangeEnd = Bound.CLOSED,
                rowOrder = RowOrder.DESC,
                onMissing = OnMissing.EXCLUDE,
                uniqueBy = {"id", "part"},
                deduplicate = false,
                order = ByNumber.class)
            Cursor<Long> range) {
      return List.of();
    }
  }

  @Source(name = "wrong")
  static class WrongRanges {
    @Resource
    List<Order> empty(@Incremental(cursor = "n", initial = "9", end = "3") Cursor<Long> range) {
      return List.of();
    }

    @Resource
    List<Order> unstarted(@Incremental(cursor = "n", end = "3") Cursor<Long> range) {
      return List.of();
    }

    @Resource
    List<Order> unmade(
        @Incremental(cursor = "n", until = "soon", order = Unmakeable.class) Cursor<Long> range) {
      return List.of();
    }
  }

  @Test
  void everyPartOfAnIncrementalLoadingHasItsAttribute() {
    IncrementalSpec spec =
        SourceModel.of(Ranges.class).resource("backfill").orElseThrow().incremental().orElseThrow();

    assertThat(spec.order().orElseThrow()).isInstanceOf(ByNumber.class);
    assertThat(spec)
        .isEqualTo(
            IncrementalSpec.on("n")
                .withType(Simple.LONG)
                .withInitial("9")
                .withEnd("3")
                .withLastValue(LastValue.MIN)
                .withRange(Bound.OPEN, Bound.CLOSED)
                .withRowOrder(RowOrder.DESC)
                .withOnMissing(OnMissing.EXCLUDE)
                .withUniqueBy(List.of("id", "part"))
                .withDeduplicate(false)
                .withOrder(spec.order().orElseThrow()));
  }

  @Source(name = "daily")
  static class Daily {
    @Resource
    @Partitioned(every = "day", start = "2024-01-01", timezone = "Europe/Berlin", lag = "2d")
    List<Order> entries(PartitionWindow day) {
      return List.of();
    }
  }

  @Source(name = "wrong")
  static class WrongDaily {
    @Resource
    @Partitioned(every = "fortnight", start = "2024-01-01")
    List<Order> entries(PartitionWindow window) {
      return List.of();
    }

    @Resource(writeDisposition = WriteDisposition.REPLACE)
    @Partitioned(every = "day", start = "2024-01-01")
    List<Order> replaced(PartitionWindow day) {
      return List.of();
    }

    @Resource
    List<Order> unsaid(PartitionWindow day) {
      return List.of();
    }
  }

  @Test
  void windowsOfTimeAreSaidByAnAnnotation() {
    assertThat(SourceModel.of(Daily.class).resource("entries").orElseThrow().partitions())
        .contains(PartitionsSpec.parse("day", "2024-01-01", "Europe/Berlin", "2d"));
    assertThatThrownBy(() -> SourceModel.of(WrongDaily.class))
        .hasMessageContaining("'fortnight' is no length of a partition")
        .hasMessageContaining("would replace the whole table")
        .hasMessageContaining("Resource 'unsaid': its method takes a PartitionWindow");
  }

  @Test
  void i04RangesThatCannotBeAreRefusedTogether() {
    assertThatThrownBy(() -> SourceModel.of(WrongRanges.class))
        .hasMessageContaining("'initial' 9 lies after the end 3")
        .hasMessageContaining("needs an 'initial' value")
        .hasMessageContaining("Unmakeable cannot be made")
        .hasMessageContaining("until: 'soon' does not suit a cursor of Long");
  }

  record Locked(Thread worker) {}

  @Source(name = " ")
  static class Mistaken {
    @Setting Thread thread = new Thread();
    @Setting static String shared = "";

    @Setting(defaultValue = "soon")
    Duration wait = Duration.ZERO;

    @Secret int pin;
    @Setting String url = "";

    @Setting(name = "url")
    String other = "";

    @Resource
    void nothing() {}

    @Resource
    int number() {
      return 1;
    }

    @Resource(name = "twice")
    Stream<Order> one() {
      return Stream.of();
    }

    @Resource(name = "twice")
    Stream<Order> two() {
      return Stream.of();
    }

    @Resource
    Stream<Order> bare(Cursor<Instant> cursor) {
      return Stream.of();
    }

    @Resource
    Stream<Order> wrong(@Incremental(cursor = "at") Cursor<Thread> cursor) {
      return Stream.of();
    }

    @Resource
    Stream<Order> parameters(String a, int b) {
      return Stream.of();
    }

    @Resource
    Stream<Order> times(
        @Incremental(cursor = "at", initial = "yesterday", lag = "5x") Cursor<Instant> cursor) {
      return Stream.of();
    }

    @Resource(
        writeDisposition = WriteDisposition.MERGE,
        partitionBy = "week(at)",
        columns = "amount")
    Stream<Order> merged() {
      return Stream.of();
    }

    @Resource
    Stream<List<Locked>> lists() {
      return Stream.of();
    }

    @Resource
    Stream<Map<String, Locked>> locked() {
      return Stream.of();
    }

    @Resource
    Stream<String> texts() {
      return Stream.of();
    }
  }

  @Test
  void everyMistakeIsReportedTogether() {
    assertThatThrownBy(() -> SourceModel.of(Mistaken.class))
        .isInstanceOfSatisfying(
            FirnException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_SOURCE))
        .message()
        .contains(
            "The source " + Mistaken.class.getName() + " has 20 mistakes",
            "Its @Source has no name.",
            "Field 'thread' is a java.lang.Thread.",
            "Field 'shared' is static or final",
            "The default of setting 'wait': 'soon' is no duration.",
            "Field 'pin' takes a secret: make it text.",
            "Two fields take the setting 'url'.",
            "Resource 'nothing': its method returns nothing.",
            "Resource 'number': its method returns a int.",
            "Two resources are named 'twice'.",
            "Resource 'bare': its Cursor has no @Incremental.",
            "Resource 'wrong': its cursor cannot be of java.lang.Thread.",
            "Resource 'parameters': its method takes more than an @Incremental Cursor or a PartitionWindow.",
            "Resource 'times': initial: 'yesterday' does not suit a cursor of Instant.",
            "Resource 'times': lag: '5x' does not suit a cursor of Instant.",
            "Resource 'merged': a merge needs a primary key.",
            "Resource 'merged': 'week(at)' is no partition field.",
            "Resource 'merged': 'amount' declares no column.",
            "Resource 'lists': its records are java.util.List",
            "Resource 'locked': property 'worker' of "
                + Locked.class.getName()
                + " is a java.lang.Thread.",
            "Resource 'texts': its records are java.lang.String");
  }

  static class Unmarked {}

  @Test
  void aClassWithoutAnnotationsIsNoSource() {
    assertThatThrownBy(() -> SourceModel.of(Unmarked.class))
        .hasMessageContaining("It has no @Source.")
        .hasMessageContaining("It has no @Resource method.");
  }
}
