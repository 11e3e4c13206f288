package dev.firn.internal.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.Evolution;
import dev.firn.contract.ValidatorSpec;
import dev.firn.destination.DestinationConfig;
import dev.firn.destination.DestinationProvider;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.error.Spelling;
import dev.firn.internal.normalize.PartitionRules;
import dev.firn.internal.plugin.Providers;
import dev.firn.internal.yaml.ConfigNode.Section;
import dev.firn.load.WriteDisposition;
import dev.firn.pipeline.Concurrency;
import dev.firn.pipeline.DestinationSpec;
import dev.firn.pipeline.Limits;
import dev.firn.pipeline.OnLocked;
import dev.firn.pipeline.PipelineSpec;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Makes the model from merged settings. */
final class SpecReader {
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,127}");
  static final long MOST_BYTES = 1L << 50;
  static final int MOST_COUNT = Integer.MAX_VALUE - 8;
  static final int MOST_THREADS = 1_024;

  private final Path folder;
  private final Map<String, SourceProvider> providers;
  private final Providers installed;
  private final Map<String, DestinationProvider> destinations;
  private final Fields top;
  private final Problems problems;

  /**
   * @param installed the types of sources and destinations that may be named
   */
  SpecReader(Path folder, Section settings, Providers installed, Problems problems) {
    this.folder = folder;
    this.providers = new TreeMap<>(installed.sources());
    this.installed = installed;
    this.destinations = new TreeMap<>(installed.destinations());
    this.problems = problems;
    this.top = new Fields("the pipeline", settings, problems);
  }

  PipelineSpec read() {
    PipelineSpec spec = spec();
    if (top.named(SpecKeys.SOURCES, "source").isEmpty()) {
      top.problem(
          top.origin(SpecKeys.SOURCES),
          "The pipeline has no sources.",
          "Add one below 'sources', or start from 'firn init'.");
    }
    return spec;
  }

  /** The project that a folder without a pipeline is: a destination, and limits. */
  PipelineSpec readWithoutSources() {
    top.node(SpecKeys.SOURCES)
        .ifPresent(
            sources ->
                top.problem(
                    sources.origin(),
                    "There is no pipeline.yaml here, so there are no sources to set.",
                    "Write one, or begin with 'firn init'."));
    return spec();
  }

  private PipelineSpec spec() {
    top.onlyKeys(SpecKeys.TOP);
    top.number(SpecKeys.VERSION, 1, 1);
    PipelineSpec spec =
        new PipelineSpec(
            pipelineName(),
            folder,
            sources(),
            destination(),
            ResourceSections.evolution(top).orElse(Evolution.DEFAULT),
            limits(),
            concurrency());
    refuseSharedState(spec);
    return spec;
  }

  private String pipelineName() {
    Optional<String> written = top.text(SpecKeys.PIPELINE);
    if (top.node(SpecKeys.PIPELINE).isEmpty()) {
      top.problem(top.origin(), "The pipeline has no name.", "Begin with 'pipeline: name'.");
    }
    written.ifPresent(name -> checkName(name, top.origin(SpecKeys.PIPELINE)));
    return written.orElse("unnamed");
  }

  private void checkName(String name, Origin origin) {
    if (!NAME.matcher(name).matches()) {
      top.problem(
          origin,
          "'" + name + "' cannot be a name here.",
          "Use letters, digits, _ and -, beginning with a letter.");
    }
  }

  private List<SourceSpec> sources() {
    Map<String, Fields> written = top.named(SpecKeys.SOURCES, "source");
    List<SourceSpec> sources = new ArrayList<>();
    written.forEach((name, fields) -> sources.add(source(name, fields)));
    return sources;
  }

  private SourceSpec source(String name, Fields fields) {
    checkName(name, fields.origin());
    String type = fields.text(SpecKeys.TYPE).orElse("");
    Optional<SourceProvider> provider = Optional.ofNullable(providers.get(type));
    if (provider.isEmpty()) {
      unknownType(type, fields);
    }
    provider.ifPresent(known -> fields.onlyKeys(union(SpecKeys.SOURCE, known.sourceKeys())));
    boolean java = type.equals(SpecKeys.JAVA);
    Optional<Evolution> evolution = ResourceSections.evolution(fields);
    List<ResourceSpec> resources = new ArrayList<>();
    Map<String, Set<String>> written = new TreeMap<>();
    fields
        .named(SpecKeys.RESOURCES, "resource")
        .forEach(
            (key, resource) -> {
              ResourceSpec read = resource(key, resource, provider);
              boolean inherits = !java && read.evolution().isEmpty() && evolution.isPresent();
              resources.add(inherits ? read.withEvolution(evolution.get()) : read);
              written.put(key, Set.copyOf(resource.keys()));
            });
    if (resources.isEmpty() && provider.isPresent() && !java) {
      fields.problem(
          fields.origin(),
          "No 'resources' in " + fields.what() + ".",
          "Name what is to be loaded.");
    }
    return java
        ? new SourceSpec(name, type, fields.others(SpecKeys.JAVA_SOURCE), resources, written)
        : new SourceSpec(name, type, fields.others(SpecKeys.SOURCE), resources);
  }

  private void unknownType(String type, Fields fields) {
    String found =
        type.isEmpty()
            ? "No 'type' in " + fields.what() + "."
            : "No source type '" + type + "' is installed.";
    fields.problem(
        fields.origin(SpecKeys.TYPE),
        found,
        "Installed: " + String.join(", ", providers.keySet()) + ". Correct it or add its jar.");
  }

  private ResourceSpec resource(String name, Fields fields, Optional<SourceProvider> provider) {
    checkName(name, fields.origin());
    provider.ifPresent(known -> fields.onlyKeys(union(SpecKeys.RESOURCE, known.resourceKeys())));
    ResourceSpec plain = ResourceSections.read(name, fields);
    ResourceSpec read =
        ContractSections.of(fields, folder, problems).map(plain::withContract).orElse(plain);
    read.contract()
        .ifPresent(contract -> contract.validators().forEach(each -> check(each, fields)));
    boolean codeMayKnow = provider.map(p -> p.type().equals(SpecKeys.JAVA)).orElse(true);
    boolean merge = read.disposition() == WriteDisposition.MERGE && read.rules().needsKey();
    if (merge && read.key().isEmpty() && !codeMayKnow) {
      fields.problem(
          fields.origin(SpecKeys.WRITE_DISPOSITION),
          "A merge needs a key, and " + fields.what() + " has none.",
          "Add 'primary-key', or use append or replace.");
    }
    if (!codeMayKnow) {
      PartitionRules.problems(read)
          .forEach(
              problem ->
                  fields.problem(
                      fields.origin(PartitionsSection.PARTITIONS),
                      fields.what() + ": " + problem,
                      ""));
      read.incremental().ifPresent(spec -> IncrementalSection.check(spec, fields));
      read.rules()
          .problems(read.disposition(), read.key(), read.incremental().isPresent())
          .forEach(
              wrong -> fields.problem(fields.origin(wrong.key()), wrong.message(), wrong.hint()));
    }
    return read;
  }

  private void check(ValidatorSpec validator, Fields resource) {
    try {
      installed.validator(validator).close();
    } catch (FirnException wrong) {
      resource.problem(resource.origin(ContractKeys.CONTRACT), wrong);
    }
  }

  private DestinationSpec destination() {
    Optional<Fields> section = top.section(SpecKeys.DESTINATION, "'destination'");
    section.ifPresent(fields -> fields.onlyKeys(SpecKeys.DESTINATION_KEYS));
    Map<String, Fields> catalogs = top.named(SpecKeys.CATALOGS, "catalog");
    Optional<String> written = section.flatMap(fields -> fields.text(SpecKeys.CATALOG));
    String catalog = written.orElseGet(() -> onlyCatalog(catalogs));
    Fields settings = catalogs.get(catalog);
    if (settings == null) {
      top.problem(
          section.map(fields -> fields.origin(SpecKeys.CATALOG)).orElse(top.origin()),
          "No catalog '" + catalog + "' below 'catalogs'.",
          Spelling.hint(catalog, catalogs.keySet()));
    }
    String type = section.flatMap(fields -> fields.text(SpecKeys.TYPE)).orElse(SpecKeys.ICEBERG);
    DestinationSpec spec =
        new DestinationSpec(
            type,
            catalog,
            settings == null ? JsonNodeFactory.instance.objectNode() : settings.others(Set.of()),
            section.flatMap(fields -> fields.text(SpecKeys.NAMESPACE)));
    if (settings != null) {
      check(
          spec, section.map(fields -> fields.origin(SpecKeys.TYPE)).orElse(top.origin()), settings);
    }
    return spec;
  }

  /** A library may bring a destination of its own, so a type that nobody wrote may be missing. */
  private void check(DestinationSpec spec, Origin type, Fields catalog) {
    DestinationProvider provider = destinations.get(spec.type());
    if (provider == null && !type.isDefault()) {
      top.problem(
          type,
          "No destination type '" + spec.type() + "' is installed.",
          "Installed: "
              + String.join(", ", destinations.keySet())
              + ". Correct it or add its jar.");
    }
    if (provider != null) {
      DestinationConfig config = new DestinationConfig(spec.catalog(), spec.settings(), folder);
      try {
        installed.within(
            () -> {
              provider.check(config);
              return config;
            });
      } catch (FirnException wrong) {
        boolean unknown = wrong.code() == ErrorCode.UNKNOWN_TYPE;
        top.problem(unknown ? catalog.origin(SpecKeys.TYPE) : catalog.origin(), wrong);
      }
    }
  }

  /** The one catalog that is written down, else the embedded one. */
  private String onlyCatalog(Map<String, Fields> catalogs) {
    List<String> written =
        catalogs.entrySet().stream()
            .filter(each -> !each.getValue().origin().isDefault())
            .map(Map.Entry::getKey)
            .toList();
    if (written.size() > 1) {
      top.problem(
          top.origin(SpecKeys.CATALOGS),
          "There are several catalogs: " + String.join(", ", written) + ".",
          "Choose one with 'destination: {catalog: name}'.");
    }
    return written.isEmpty() ? SpecKeys.LOCAL_CATALOG : written.get(0);
  }

  private Limits limits() {
    Limits limits = Limits.DEFAULT;
    Optional<Fields> section = top.section(SpecKeys.LIMITS, "'limits'");
    if (section.isEmpty()) {
      return limits;
    }
    Fields fields = section.get();
    fields.onlyKeys(SpecKeys.LIMIT_KEYS);
    return new Limits(
        count(fields, SpecKeys.DEPTH, limits.depth()),
        count(fields, SpecKeys.LINE_BYTES, limits.lineBytes()),
        count(fields, SpecKeys.STRING_BYTES, limits.stringBytes()),
        count(fields, SpecKeys.COLUMNS, limits.columns()),
        count(fields, SpecKeys.TABLES, limits.tables()),
        fields.number(SpecKeys.THREADS, 0, MOST_THREADS).orElse((long) limits.threads()).intValue(),
        fields.number(SpecKeys.MEMORY_BYTES, 0, MOST_BYTES).orElse(limits.memoryBytes()));
  }

  private Concurrency concurrency() {
    Concurrency standard = Concurrency.DEFAULT;
    Optional<Fields> section = top.section(SpecKeys.CONCURRENCY, "'concurrency'");
    section.ifPresent(fields -> fields.onlyKeys(SpecKeys.CONCURRENCY_KEYS));
    return new Concurrency(
        section
            .flatMap(fields -> fields.word(SpecKeys.ON_LOCKED, OnLocked.class))
            .orElse(standard.onLocked()),
        section
            .flatMap(fields -> fields.parsed(SpecKeys.LEASE, Concurrency::parseLease))
            .orElse(standard.lease()));
  }

  private static int count(Fields fields, String key, int otherwise) {
    return fields.number(key, 1, MOST_COUNT).orElse((long) otherwise).intValue();
  }

  /** State belongs to a resource's name and table: two of both the same would share one cursor. */
  private void refuseSharedState(PipelineSpec spec) {
    Set<List<String>> seen = new HashSet<>();
    for (SourceSpec source : spec.sources()) {
      for (ResourceSpec resource : source.resources()) {
        String table = resource.table().orElse(resource.name());
        if (!seen.add(List.of(resource.name(), table))) {
          top.problem(
              top.origin(SpecKeys.SOURCES),
              "Two resources are named '" + resource.name() + "' and fill the table " + table + ".",
              "Give one another name or another table.");
        }
      }
    }
  }

  private static Set<String> union(Set<String> ours, Set<String> theirs) {
    Set<String> all = new TreeSet<>(ours);
    all.addAll(theirs);
    return all;
  }
}
