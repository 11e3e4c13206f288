package dev.firn.internal.discover;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.internal.extract.ObjectsReader;
import dev.firn.internal.extract.ObjectsReader.ResourceCode;
import dev.firn.source.OpenSource;
import dev.firn.source.ResourceReader;
import dev.firn.source.ResourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source whose records come from code in this process. */
public final class JavaSource implements OpenSource {
  private final List<ResourceSpec> resources;
  private final Map<String, ResourceCode> code;
  private final Optional<AutoCloseable> owned;
  private final Path spoolFolder;
  private final List<ObjectsReader> readers = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param code by the resource's name
   * @param owned is closed with this source
   * @param folder the project's folder
   */
  public JavaSource(
      List<ResourceSpec> resources,
      Map<String, ResourceCode> code,
      Optional<AutoCloseable> owned,
      Path folder) {
    this.resources = List.copyOf(resources);
    this.code = Map.copyOf(code);
    this.owned = owned;
    this.spoolFolder = folder.resolve(".firn").resolve("spool");
  }

  @Override
  public List<ResourceSpec> resources() {
    return resources;
  }

  @Override
  public ResourceReader reader(ResourceSpec resource) {
    ResourceCode records = code.get(resource.name());
    if (records == null) {
      throw new FirnException(
          ErrorCode.INVALID_SOURCE,
          "No resource '" + resource.name() + "'.",
          "Known: " + String.join(", ", code.keySet()) + ".");
    }
    int batchRows = resource.options().path(JavaSourceProvider.BATCH_ROWS).asInt();
    ObjectsReader reader = new ObjectsReader(resource.name(), batchRows, records, spoolFolder);
    readers.add(reader);
    return reader;
  }

  @Override
  public void close() {
    readers.forEach(ObjectsReader::close);
    if (owned.isPresent()) {
      closeOwned(owned.get());
    }
  }

  private static void closeOwned(AutoCloseable source) {
    try {
      source.close();
    } catch (Exception thrown) {
      throw new FirnException(
          ErrorCode.SOURCE_UNAVAILABLE,
          "Closing " + source.getClass().getName() + " failed: " + thrown.getMessage(),
          "",
          thrown);
    }
  }
}
