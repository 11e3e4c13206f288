package dev.firn.internal.discover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.contract.ContractMode;
import dev.firn.contract.Evolution;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.extract.CursorType;
import dev.firn.internal.extract.ObjectsReader.ResourceCode;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code type: java}: annotated classes on the class path or in {@code plugins/}. */
public final class JavaSourceProvider implements SourceProvider {
  /** The key of the most records in a split. */
  public static final String BATCH_ROWS = "batch-rows";

  private static final String CLASS = "class";
  private static final String SETTINGS = "settings";
  private static final String EVOLUTION = "evolution";

  @Override
  public String type() {
    return "java";
  }

  @Override
  public Set<String> sourceKeys() {
    return Set.of(CLASS, SETTINGS);
  }

  @Override
  public Set<String> resourceKeys() {
    return Set.of(BATCH_ROWS);
  }

  @Override
  public OpenSource open(SourceSpec spec, Context context) {
    AnnotatedSource source = AnnotatedSource.of(load(spec, context.classLoader()));
    List<ResourceSpec> resources = overlaid(source, spec);
    JsonNode settings = spec.settings().path(SETTINGS);
    JsonNode values = settings.isObject() ? settings : JsonNodeFactory.instance.objectNode();
    return opened(source, source.instance(values, context.folder()), resources, context.folder());
  }

  /** A source that the caller made; it stays the caller's. */
  public static OpenSource open(Object annotated, Path folder) {
    AnnotatedSource source = AnnotatedSource.of(annotated.getClass());
    return opened(source, annotated, source.model().resources(), folder);
  }

  private static Class<?> load(SourceSpec spec, ClassLoader loader) {
    String name = spec.settings().path(CLASS).asText();
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException | LinkageError missing) {
      throw new FirnException(
          ErrorCode.INVALID_SOURCE,
          "Source '"
              + spec.name()
              + "': the class '"
              + name
              + "' cannot be loaded: "
              + missing
              + ".",
          "Write its full name as 'class', and put its jar into plugins/ or on the class path.",
          missing);
    }
  }

  /** The resources of the code, each with what YAML says about it. */
  private static List<ResourceSpec> overlaid(AnnotatedSource source, SourceSpec spec) {
    Mistakes mistakes = new Mistakes();
    Optional<Evolution> modes = evolution(spec.settings().path(EVOLUTION));
    Map<String, ResourceSpec> yaml = new HashMap<>();
    spec.resources().forEach(resource -> yaml.put(resource.name(), resource));
    List<ResourceSpec> all = new ArrayList<>();
    for (ResourceMethod method : source.methods()) {
      ResourceSpec written = yaml.remove(method.name());
      ResourceSpec whole =
          written == null
              ? method.spec()
              : Overlay.of(method.spec(), written, spec.written().get(method.name()));
      boolean inherits = whole.evolution().isEmpty() && modes.isPresent();
      all.add(inherits ? whole.withEvolution(modes.get()) : whole);
      check(method, whole, mistakes);
    }
    for (String unknown : yaml.keySet()) {
      List<String> known = source.methods().stream().map(ResourceMethod::name).toList();
      mistakes.add(
          "It has no resource '" + unknown + "'. Known: " + String.join(", ", known) + ".");
    }
    mistakes.throwIfAny("Source '" + spec.name() + "'");
    return all;
  }

  /** The modes of the whole source: one word, or a map. */
  private static Optional<Evolution> evolution(JsonNode modes) {
    if (modes.isMissingNode() || modes.isNull()) {
      return Optional.empty();
    } else if (modes.isTextual()) {
      return Optional.of(Evolution.of(ContractMode.parse(modes.asText())));
    }
    return Optional.of(
        new Evolution(mode(modes, "tables"), mode(modes, "columns"), mode(modes, "data-type")));
  }

  private static ContractMode mode(JsonNode modes, String of) {
    return ContractMode.parse(modes.path(of).asText(ContractMode.EVOLVE.word()));
  }

  private static void check(ResourceMethod method, ResourceSpec whole, Mistakes mistakes) {
    String where = "Resource '" + method.name() + "': ";
    SpecRules.problems(whole).forEach(problem -> mistakes.add(where + problem));
    if (method.cursor().isPresent() && whole.incremental().isPresent()) {
      IncrementalSpec incremental = whole.incremental().get();
      CursorParameter.check(CursorType.of(method.cursor().get()), incremental, where, mistakes);
    }
  }

  private static OpenSource opened(
      AnnotatedSource source, Object instance, List<ResourceSpec> resources, Path folder) {
    Map<String, ResourceSpec> byName = new HashMap<>();
    resources.forEach(resource -> byName.put(resource.name(), resource));
    Map<String, ResourceCode> code = new HashMap<>();
    for (ResourceMethod method : source.methods()) {
      IncrementalSpec incremental =
          incremental(method, byName.getOrDefault(method.name(), method.spec()));
      code.put(method.name(), request -> method.call(instance, incremental, request));
    }
    Optional<AutoCloseable> owned =
        instance instanceof AutoCloseable closeable ? Optional.of(closeable) : Optional.empty();
    return new JavaSource(resources, code, owned, folder);
  }

  private static IncrementalSpec incremental(ResourceMethod method, ResourceSpec spec) {
    return spec.incremental().orElseGet(() -> IncrementalSpec.on(method.name()));
  }
}
