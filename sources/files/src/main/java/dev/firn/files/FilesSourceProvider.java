package dev.firn.files;

import dev.firn.source.OpenSource;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code type: files}: JSON lines, JSON, CSV and TSV of this machine, plain or compressed.
 *
 * <p>Files are read in the order of their names. A path is a file, a glob, a directory with a
 * trailing {@code /} or {@code -} for the standard input.
 */
public final class FilesSourceProvider implements SourceProvider {
  @Override
  public String type() {
    return "files";
  }

  @Override
  public Set<String> sourceKeys() {
    return Set.of();
  }

  @Override
  public Set<String> resourceKeys() {
    return FileSettings.KEYS;
  }

  @Override
  public OpenSource open(SourceSpec spec, Context context) {
    return open(spec, context, Tuning.DEFAULT.withLimits(context.limits()));
  }

  static OpenSource open(SourceSpec spec, Context context, Tuning tuning) {
    Problems problems = Problems.none();
    Map<String, ResourceReader> readers = new LinkedHashMap<>();
    for (ResourceSpec resource : spec.resources()) {
      FileSettings settings =
          FileSettings.read(
              resource.options(), problems.in("Resource " + spec.name() + "." + resource.name()));
      readers.put(resource.name(), new FilesReader(context.folder(), settings, tuning));
    }
    problems.raise();
    return new Open(spec.resources(), readers);
  }

  private record Open(List<ResourceSpec> resources, Map<String, ResourceReader> readers)
      implements OpenSource {
    @Override
    public ResourceReader reader(ResourceSpec resource) {
      return java.util.Objects.requireNonNull(readers.get(resource.name()), resource.name());
    }
  }
}
