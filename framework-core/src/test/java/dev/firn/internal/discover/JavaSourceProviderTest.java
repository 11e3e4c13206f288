package dev.firn.internal.discover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.normalize.CursorWindow;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.pipeline.Settings;
import dev.firn.schema.DataType.Simple;
import dev.firn.source.Cursor;
import dev.firn.source.CursorRange;
import dev.firn.source.Incremental;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.OpenSource;
import dev.firn.source.ReadRequest;
import dev.firn.source.RecordSink;
import dev.firn.source.Resource;
import dev.firn.source.ResourceSpec;
import dev.firn.source.Secret;
import dev.firn.source.Setting;
import dev.firn.source.Source;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import dev.firn.source.Split;
import dev.firn.state.CursorState;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaSourceProviderTest {
  enum Mode {
    FAST,
    VERY_SAFE
  }

  private static final AtomicInteger CLOSED = new AtomicInteger();

  @Source(name = "shop")
  static final class Shop implements AutoCloseable {
    @Setting String url = "";
    @Setting int pages;

    @Setting(required = false)
    long most = 7;

    @Setting(required = false)
    double share = 0.5;

    @Setting(required = false)
    boolean fresh;

    @Setting(defaultValue = "30s")
    Duration timeout = Duration.ZERO;

    @Setting(required = false)
    URI home = URI.create("a:b");

    @Setting(defaultValue = "data")
    Path folder = Path.of("");

    @Setting(defaultValue = "a, b")
    List<String> regions = List.of();

    @Setting(defaultValue = "very-safe")
    Mode mode = Mode.FAST;

    @Secret String token = "";

    private Shop() {}

    @Resource
    List<Map<String, Object>> settings() {
      return List.of(
          Map.of(
              "all",
              String.join(
                  "|",
                  url,
                  pages + "",
                  most + "",
                  share + "",
                  fresh + "",
                  timeout + "",
                  home + "",
                  folder.getFileName() + "",
                  regions + "",
                  mode + "",
                  token)));
    }

    @Resource(
        primaryKey = "id",
        writeDisposition = WriteDisposition.MERGE,
        table = "raw.orders",
        batchRows = 5)
    List<Map<String, Object>> orders(
        @Incremental(cursor = "at", initial = "2024-01-01T00:00:00Z", lag = "5m")
            Cursor<Instant> since) {
      return List.of(Map.of("since", since.start().toString()));
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  private static final ObjectMapper JSON5 =
      com.fasterxml.jackson.databind.json.JsonMapper.builder()
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private static final String SETTINGS = "url: 'u', pages: 3, token: 't'";

  @TempDir Path folder;

  @Test
  void isInstalledAsTypeJava() {
    assertThat(ServiceLoader.load(SourceProvider.class))
        .anyMatch(each -> each instanceof JavaSourceProvider && each.type().equals("java"));
  }

  @Test
  void settingsReachTheirFields() {
    assertThat(events(open(SETTINGS), "settings", ReadRequest.everything(WriteDisposition.APPEND)))
        .contains("string u|3|7|0.5|false|PT30S|a:b|data|[a, b]|VERY_SAFE|t");
    String all =
        SETTINGS
            + ", most: 8, share: 0.25, fresh: true, timeout: '1m', home: 'c:d', folder: 'x', regions: ['eu'], mode: 'fast'";
    assertThat(events(open(all), "settings", ReadRequest.everything(WriteDisposition.APPEND)))
        .contains("string u|3|8|0.25|true|PT1M|c:d|x|[eu]|FAST|t");
  }

  @Test
  void settingMistakesAreReportedTogether() {
    assertThatThrownBy(() -> open("pages: 'many', fresh: 1, timout: '3s', mode: 'slow'"))
        .isInstanceOfSatisfying(
            FirnException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_SOURCE))
        .message()
        .contains(
            "It takes no setting 'timout'. Known: folder, fresh,",
            "Setting 'pages': 'many' is no whole number.",
            "Setting 'fresh': '1' is no boolean.",
            "Setting 'mode': 'slow' is no fast | very-safe.",
            "Setting 'url': it has no value.",
            "Secret 'token': it has no value.");
  }

  @Test
  void theCursorTellsTheCodeWhereToStart() {
    CursorState last = new CursorState("at", Simple.TIMESTAMP, "2024-03-01T10:00:00Z", List.of());
    IncrementalSpec lagging = IncrementalSpec.on("at").withLag("5m");
    CursorRange range = CursorWindow.after(Optional.of(last), lagging, Optional.empty()).range();
    ReadRequest request =
        new ReadRequest(
            WriteDisposition.MERGE, Optional.of(range), Optional.empty(), ordinal -> true);

    assertThat(events(open(SETTINGS), "orders", request)).contains("string 2024-03-01T09:55:00Z");
  }

  @Test
  void whatYamlWritesWinsAndTheRestIsTheCodes() {
    ResourceSpec yaml =
        ResourceSpec.named("orders")
            .withTable("lake.orders")
            .withIncremental(IncrementalSpec.on("at"))
            .withOptions(json("{'batch-rows': 9}"));
    Set<String> written = Set.of("table", "write-disposition", "incremental", "batch-rows");

    ResourceSpec spec = opened(yaml, Map.of("orders", written));

    assertThat(spec.table()).contains("lake.orders");
    assertThat(spec.disposition()).isEqualTo(WriteDisposition.APPEND);
    assertThat(spec.key()).containsExactly("id");
    assertThat(spec.options().path("batch-rows").asInt()).isEqualTo(9);
    assertThat(spec.incremental().orElseThrow().lag()).contains("5m");
    assertThat(spec.incremental().orElseThrow().type()).contains(Simple.TIMESTAMP);
  }

  @Test
  void withoutTheWrittenKeysDefaultsDoNotWin() {
    ResourceSpec spec = opened(ResourceSpec.named("orders").withTable("lake.orders"), Map.of());

    assertThat(spec.table()).contains("lake.orders");
    assertThat(spec.disposition()).isEqualTo(WriteDisposition.MERGE);
  }

  @Test
  void modesOfTheWholeSourceReachResourcesThatYamlDoesNotName() {
    JsonNode settings =
        json(
            "{class: '"
                + Shop.class.getName()
                + "', evolution: {columns: 'freeze'}, settings: {"
                + SETTINGS
                + "}}");

    OpenSource source = open(new SourceSpec("shop", "java", settings, List.of()));

    assertThat(source.resources())
        .allSatisfy(
            each ->
                assertThat(each.evolution())
                    .contains(
                        new Evolution(
                            ContractMode.EVOLVE, ContractMode.FREEZE, ContractMode.EVOLVE)));
  }

  @Test
  void whatYamlWritesIsKnownToTheOverlayAndSurvivesWriting() throws IOException {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(
        file,
        """
        pipeline: p
        sources:
          shop:
            type: java
            class: com.acme.Shop
            evolution: freeze
            resources:
              orders: {write-disposition: append, primary-key: [], naming: snake_case}
        """);

    PipelineSpec spec = PipelineFile.read(file, Settings.NONE).spec();
    Files.writeString(file, PipelineFile.write(spec));

    assertThat(spec.sources().get(0).written())
        .isEqualTo(Map.of("orders", Set.of("write-disposition", "primary-key", "naming")));
    assertThat(PipelineFile.read(file, Settings.NONE).spec()).isEqualTo(spec);
  }

  @Test
  void unknownResourcesAndBadOverlaysAreRefused() {
    assertThatThrownBy(() -> opened(ResourceSpec.named("users"), Map.of()))
        .hasMessageContaining("It has no resource 'users'. Known: orders, settings.");
    ResourceSpec keyless = ResourceSpec.named("orders");
    assertThatThrownBy(() -> opened(keyless, Map.of("orders", Set.of("primary-key"))))
        .hasMessageContaining("Resource 'orders': a merge needs a primary key.");
  }

  @Test
  void aClassThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> open(spec("com.acme.Missing", SETTINGS, List.of(), Map.of())))
        .hasMessageContaining("the class 'com.acme.Missing' cannot be loaded")
        .isInstanceOfSatisfying(
            FirnException.class, failure -> assertThat(failure.hint()).contains("plugins/"));
  }

  @Source(name = "picky")
  static class Picky {
    Picky(String argument) {}

    @Resource
    List<Map<String, Object>> all() {
      return List.of();
    }
  }

  @Test
  void aClassThatCannotBeMadeIsNamed() {
    assertThatThrownBy(() -> open(spec(Picky.class.getName(), "", List.of(), Map.of())))
        .hasMessageContaining("has no constructor without parameters");
  }

  @Test
  void closesTheSource() {
    CLOSED.set(0);

    open(SETTINGS).close();

    assertThat(CLOSED).hasValue(1);
  }

  private ResourceSpec opened(ResourceSpec yaml, Map<String, Set<String>> written) {
    OpenSource source = open(spec(Shop.class.getName(), SETTINGS, List.of(yaml), written));
    return source.resources().stream()
        .filter(each -> each.name().equals("orders"))
        .findFirst()
        .orElseThrow();
  }

  private OpenSource open(String settings) {
    return open(spec(Shop.class.getName(), settings, List.of(), Map.of()));
  }

  private OpenSource open(SourceSpec spec) {
    return new JavaSourceProvider()
        .open(spec, new SourceProvider.Context(folder, getClass().getClassLoader()));
  }

  private static SourceSpec spec(
      String type,
      String settings,
      List<ResourceSpec> resources,
      Map<String, Set<String>> written) {
    return new SourceSpec(
        "shop",
        "java",
        json("{class: '" + type + "', settings: {" + settings + "}}"),
        resources,
        written);
  }

  private static JsonNode json(String relaxed) {
    try {
      return JSON5.readTree(relaxed);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<String> events(OpenSource source, String resource, ReadRequest request) {
    ResourceSpec spec =
        source.resources().stream()
            .filter(each -> each.name().equals(resource))
            .findFirst()
            .orElseThrow();
    List<Split> splits = new ArrayList<>();
    var stream = source.reader(spec).open(request);
    for (Optional<Split> next = stream.next(); next.isPresent(); next = stream.next()) {
      splits.add(next.get());
    }
    List<String> texts = new ArrayList<>();
    RecordSink sink = sink(texts);
    splits.forEach(split -> split.read(sink));
    return texts;
  }

  /** Notes the strings among the events. */
  private static RecordSink sink(List<String> texts) {
    return (RecordSink)
        Proxy.newProxyInstance(
            RecordSink.class.getClassLoader(),
            new Class<?>[] {RecordSink.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("string")) {
                int from = (int) arguments[1];
                int length = (int) arguments[2] - from;
                texts.add("string " + new String((byte[]) arguments[0], from, length, UTF_8));
              }
              return null;
            });
  }
}
