package dev.firn.files;

import dev.firn.source.OpenSource;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import dev.firn.source.SourceProvider;
import dev.firn.source.SourceSpec;
import java.nio.file.Path;
import java.util.List;
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
    Open open = new Open(spec.name(), spec.resources(), context.folder(), tuning);
    spec.resources().forEach(resource -> open.settings(resource, problems));
    problems.raise();
    return open;
  }

  private record Open(String name, List<ResourceSpec> resources, Path folder, Tuning tuning)
      implements OpenSource {
    /** By the options of the resource as it is given: templates of its window may be filled in. */
    @Override
    public ResourceReader reader(ResourceSpec resource) {
      Problems problems = Problems.none();
      FileSettings settings = settings(resource, problems);
      problems.raise();
      return new FilesReader(folder, settings, tuning);
    }

    private FileSettings settings(ResourceSpec resource, Problems problems) {
      return FileSettings.read(
          resource.options(), problems.in("Resource " + name + "." + resource.name()));
    }
  }
}
