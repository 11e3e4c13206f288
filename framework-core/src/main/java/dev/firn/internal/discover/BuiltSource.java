package dev.firn.internal.discover;

import dev.firn.internal.extract.CursorType;
import dev.firn.internal.extract.ObjectsReader.ResourceCode;
import dev.firn.source.IncrementalSpec;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source of resources that were built in code. */
public final class BuiltSource {
  private BuiltSource() {}

  /**
   * One resource.
   *
   * @param cursor the class of its cursor's values, where its code takes a cursor
   */
  public record BuiltResource(ResourceSpec spec, Optional<Class<?>> cursor, ResourceCode code) {}

  /**
   * Makes the source.
   *
   * @throws dev.firn.error.FirnException {@code INVALID_SOURCE}, listing every mistake
   */
  public static OpenSource open(List<BuiltResource> resources, Path folder) {
    Mistakes mistakes = new Mistakes();
    Map<String, ResourceCode> code = new HashMap<>();
    for (BuiltResource resource : resources) {
      check(resource, mistakes);
      if (code.put(resource.spec().name(), resource.code()) != null) {
        mistakes.add("Two resources are named '" + resource.spec().name() + "'.");
      }
    }
    mistakes.throwIfAny("The pipeline");
    List<ResourceSpec> specs = resources.stream().map(BuiltResource::spec).toList();
    return new JavaSource(specs, code, Optional.empty(), folder);
  }

  private static void check(BuiltResource resource, Mistakes mistakes) {
    ResourceSpec spec = resource.spec();
    String where = "Resource '" + spec.name() + "': ";
    SpecRules.problems(spec).forEach(problem -> mistakes.add(where + problem));
    if (resource.cursor().isEmpty()) {
      return;
    }
    Class<?> type = resource.cursor().get();
    Optional<CursorType<?>> values = CursorType.find(type);
    if (values.isEmpty()) {
      mistakes.add(where + CursorParameter.unsuitable(type));
    } else if (spec.incremental().isEmpty()) {
      mistakes.add(where + "its code takes a cursor: say which one with incremental(...).");
    } else {
      CursorParameter.check(values.get(), spec.incremental().get(), where, mistakes);
    }
  }

  /** An incremental loading with the type that goes with the class of its cursor. */
  public static IncrementalSpec typed(IncrementalSpec spec, Optional<Class<?>> cursor) {
    return spec.type()
        .or(() -> cursor.flatMap(CursorType::find).flatMap(CursorType::column))
        .map(spec::withType)
        .orElse(spec);
  }
}
