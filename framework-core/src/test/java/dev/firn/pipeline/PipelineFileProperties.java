package dev.firn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.contract.Quarantine;
import dev.firn.load.DedupSort;
import dev.firn.load.DeleteMode;
import dev.firn.load.MergeStrategy;
import dev.firn.load.Replacing;
import dev.firn.load.Validity;
import dev.firn.load.WriteDisposition;
import dev.firn.load.WriteRules;
import dev.firn.schema.ColumnEdits;
import dev.firn.schema.DataType;
import dev.firn.schema.PartitionField;
import dev.firn.schema.SortField;
import dev.firn.schema.TableSettings;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.NamingRules;
import dev.firn.source.PartitionsSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What is written as YAML reads back as the same pipeline. */
class PipelineFileProperties {
  private static Path folder = Path.of("");

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("pipeline");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = 300)
  void writtenYamlReadsBackAsTheSamePipeline(@ForAll("pipelines") PipelineSpec spec)
      throws IOException {
    Path file = folder.resolve("pipeline.yaml");

    Files.writeString(file, PipelineFile.write(spec));

    assertThat(PipelineFile.read(file, Settings.NONE).spec()).isEqualTo(spec);
  }

  @Provide
  Arbitrary<PipelineSpec> pipelines() {
    Arbitrary<List<ResourceSpec>> resources = resources().list().ofMinSize(1).ofMaxSize(3);
    return Combinators.combine(
            names(),
            resources,
            options("token", "url"),
            catalogs(),
            evolutions(),
            limits(),
            concurrency())
        .as(
            (name, read, settings, catalog, modes, limits, concurrency) ->
                new PipelineSpec(
                    name,
                    folder.toAbsolutePath(),
                    List.of(new SourceSpec("s", "things", settings, distinct(read))),
                    catalog,
                    modes,
                    limits,
                    concurrency));
  }

  private static Arbitrary<Concurrency> concurrency() {
    Arbitrary<Duration> leases = Arbitraries.longs().between(0, 1L << 40).map(Duration::ofMillis);
    return Combinators.combine(Arbitraries.of(OnLocked.class), leases).as(Concurrency::new);
  }

  private static List<ResourceSpec> distinct(List<ResourceSpec> resources) {
    List<ResourceSpec> named = new ArrayList<>();
    for (ResourceSpec each : resources) {
      if (named.stream().noneMatch(other -> other.name().equals(each.name()))) {
        named.add(each);
      }
    }
    return named;
  }

  private Arbitrary<ResourceSpec> resources() {
    Arbitrary<ResourceSpec> plain =
        Combinators.combine(
                names(),
                names().optional(),
                texts().filter(text -> !text.isBlank()).list().uniqueElements().ofMaxSize(3),
                Arbitraries.of(WriteDisposition.class),
                evolutions().optional(),
                Arbitraries.maps(texts(), types()).ofMaxSize(3),
                Arbitraries.of("region", "day(at)", "bucket(16, id)").list().ofMaxSize(2),
                options("path", "format", "options"))
            .as(
                (name, table, key, disposition, evolution, columns, parts, options) ->
                    ResourceSpec.named(name)
                        .withTable(table.orElse(name))
                        .withKey(key)
                        .withDisposition(
                            key.isEmpty() && disposition == WriteDisposition.MERGE
                                ? WriteDisposition.APPEND
                                : disposition)
                        .withEvolution(evolution.orElse(Evolution.DEFAULT))
                        .withColumns(columns)
                        .withPartitionBy(parts.stream().map(PartitionField::parse).toList())
                        .withOptions(options));
    return Combinators.combine(
            plain,
            Arbitraries.of(NamingRules.Style.class),
            Arbitraries.of(NamingRules.OnCollision.class),
            Arbitraries.of(ResourceSpec.OnLossy.class),
            Arbitraries.of(ResourceSpec.OnNullKey.class),
            incrementals().optional(),
            Arbitraries.maps(texts(), texts()).ofMaxSize(2),
            Arbitraries.integers().between(-1, 5))
        .as(PipelineFileProperties::completed);
  }

  private static ResourceSpec completed(
      ResourceSpec plain,
      NamingRules.Style style,
      NamingRules.OnCollision collision,
      ResourceSpec.OnLossy lossy,
      ResourceSpec.OnNullKey nullKey,
      Optional<IncrementalSpec> incremental,
      Map<String, String> added,
      int nesting) {
    return new ResourceSpec(
        plain.name(),
        plain.table(),
        plain.key(),
        plain.disposition(),
        rules(plain.disposition(), plain.key(), nesting),
        plain.evolution(),
        plain.columns(),
        new ColumnEdits(
            nesting < 2 ? Map.of() : Map.of("old", "new"),
            nesting < 3 ? List.of() : List.of("gone", "too")),
        plain.partitionBy(),
        settings(nesting, added),
        nesting < 0 ? OptionalInt.empty() : OptionalInt.of(nesting),
        new NamingRules(style, collision),
        lossy,
        nullKey,
        nesting % 2 == 0,
        incremental,
        nesting > 3 && incremental.isEmpty() ? windows(plain, nesting) : Optional.empty(),
        added,
        plain.contract(),
        quarantine(nesting),
        plain.options());
  }

  private static Optional<PartitionsSpec> windows(ResourceSpec plain, int nesting) {
    WriteRules rules = rules(plain.disposition(), plain.key(), nesting);
    boolean possible =
        switch (plain.disposition()) {
          case APPEND, SKIP -> true;
          case MERGE -> !rules.wantsAll(plain.disposition());
          case REPLACE, CREATE_IF_MISSING -> false;
        };
    return possible
        ? Optional.of(PartitionsSpec.parse("week", "2024-02-29", "Europe/Berlin", "6h"))
        : Optional.empty();
  }

  private static Quarantine quarantine(int some) {
    Quarantine.Keep keep = some % 2 == 0 ? Quarantine.Keep.ALL : Quarantine.Keep.VIOLATIONS;
    return new Quarantine(keep, some < 2 ? Optional.empty() : Optional.of(Duration.ofDays(some)));
  }

  private static WriteRules rules(WriteDisposition disposition, List<String> key, int some) {
    WriteRules plain =
        some % 2 == 0
            ? WriteRules.DEFAULT
            : WriteRules.DEFAULT.withDeleteMode(DeleteMode.COPY_ON_WRITE);
    if (disposition == WriteDisposition.REPLACE) {
      return plain.withReplacing(
          new Replacing(
              some < 2 ? Replacing.Scope.TABLE : Replacing.Scope.PARTITION,
              some < 1 ? Replacing.Strategy.DROP_CREATE : Replacing.Strategy.TRUNCATE_INSERT,
              some < 3 ? Map.of() : Map.of("day(at)", "2024-01-31")));
    }
    if (disposition != WriteDisposition.MERGE || some < 1) {
      return plain;
    }
    WriteRules merge =
        plain.withHardDelete("is gone").withDedupSort(new DedupSort("at", some % 2 == 0));
    return switch (some) {
      case 1 -> merge.withMergeKey(List.of("shop", "day"));
      case 2 -> merge.withStrategy(MergeStrategy.INSERT_ONLY);
      case 3 ->
          merge
              .withStrategy(MergeStrategy.SCD2)
              .withMergeKey(List.of("shop"))
              .withValidity(
                  new Validity(
                      "since",
                      "until",
                      Optional.of("9999-12-31T00:00:00Z"),
                      Optional.of("2024-01-31T00:00:00Z"),
                      Optional.of("version")));
      default -> merge;
    };
  }

  private static TableSettings settings(int some, Map<String, String> properties) {
    return new TableSettings(
        some < 2 ? 0 : Math.min(some, 3),
        some < 1 ? List.of() : List.of(SortField.parse("day(at) desc nulls-first")),
        some < 4 ? 0 : 1 << some,
        some < 0 ? List.of() : List.of("id", "at"),
        some < 3 ? Map.of() : Map.of("note", "truncate(16)"),
        properties);
  }

  private static Arbitrary<IncrementalSpec> incrementals() {
    return Combinators.combine(
            incrementalsToRead(),
            Arbitraries.of(IncrementalSpec.LastValue.class),
            Arbitraries.of(IncrementalSpec.Bound.class),
            Arbitraries.of(IncrementalSpec.Bound.class),
            Arbitraries.of(IncrementalSpec.RowOrder.class),
            Arbitraries.of("a", "b c").list().uniqueElements().ofMaxSize(2),
            Arbitraries.of(true, false))
        .as(
            (spec, last, start, end, rows, unique, deduplicate) ->
                spec.withLastValue(last)
                    .withRange(start, end)
                    .withRowOrder(rows)
                    .withUniqueBy(unique)
                    .withDeduplicate(deduplicate));
  }

  private static Arbitrary<IncrementalSpec> incrementalsToRead() {
    return Combinators.combine(
            texts().filter(text -> !text.isBlank()),
            types().optional(),
            texts().optional(),
            Arbitraries.of("5m", "1h 30m", "PT5M", "7", "0.25").optional(),
            Arbitraries.of(IncrementalSpec.OnMissing.class))
        .as(
            (cursor, type, initial, lag, missing) -> {
              IncrementalSpec spec = IncrementalSpec.on(cursor).withOnMissing(missing);
              spec = type.map(spec::withType).orElse(spec);
              spec = initial.map(spec::withInitial).orElse(spec);
              return lag.map(spec::withLag).orElse(spec);
            });
  }

  private static Arbitrary<DestinationSpec> catalogs() {
    return Combinators.combine(names(), options("uri", "warehouse", "cache"), names().optional())
        .as((name, keys, space) -> new DestinationSpec("iceberg", name, typed(keys), space));
  }

  private static JsonNode typed(ObjectNode keys) {
    return keys.put("type", "rest");
  }

  private static Arbitrary<Limits> limits() {
    return Arbitraries.integers()
        .between(1, 1 << 20)
        .map(n -> n % 2 == 0 ? Limits.DEFAULT : new Limits(n, n, n, n, n, n % 64, n));
  }

  private static Arbitrary<Evolution> evolutions() {
    Arbitrary<ContractMode> modes = Arbitraries.of(ContractMode.class);
    return Combinators.combine(modes, modes, modes).as(Evolution::new);
  }

  private static Arbitrary<DataType> types() {
    Arbitrary<DataType> simple = Arbitraries.of(DataType.Simple.values()).map(type -> type);
    return Arbitraries.oneOf(simple, Arbitraries.just(new DataType.Decimal(12, 3)));
  }

  private static Arbitrary<ObjectNode> options(String... keys) {
    return Arbitraries.maps(Arbitraries.of(keys), values())
        .map(
            values -> {
              ObjectNode node = JsonNodeFactory.instance.objectNode();
              values.forEach(node::set);
              return node;
            });
  }

  private static Arbitrary<JsonNode> values() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    Arbitrary<JsonNode> texts = texts().map(json::textNode);
    Arbitrary<JsonNode> numbers = Arbitraries.longs().map(json::numberNode);
    Arbitrary<JsonNode> reals =
        Arbitraries.doubles().between(-1e9, 1e9).map(value -> json.numberNode((double) value));
    Arbitrary<JsonNode> flags = Arbitraries.of(true, false).map(json::booleanNode);
    Arbitrary<JsonNode> scalars = Arbitraries.oneOf(texts, numbers, reals, flags);
    Arbitrary<JsonNode> lists =
        scalars.list().ofMaxSize(3).map(items -> json.arrayNode().addAll(items));
    return Arbitraries.oneOf(scalars, lists);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(8)
        .filter(name -> !name.equals("local"));
  }

  private static Arbitrary<String> texts() {
    Arbitrary<String> awkward =
        Arbitraries.of(
            "yes",
            "no",
            "null",
            "~",
            "1e3",
            "0x1F",
            "1:30",
            "2024-01-01",
            "- a",
            "a: b",
            "#x",
            "'",
            "\"",
            " lead",
            "trail ",
            "line\nbreak",
            "*a",
            "&a",
            "!t",
            "%d",
            "@x",
            "[1]",
            "{a: b}",
            "",
            "<<",
            "=",
            "true",
            "0017",
            "-0",
            "été",
            "\u0085",
            "\t",
            "😀");
    return Arbitraries.oneOf(awkward, Arbitraries.strings().ascii().ofMaxLength(12))
        .filter(text -> !text.contains("$"));
  }
}
