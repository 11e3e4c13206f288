package dev.firn.iceberg.internal.parquet;

import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.OutputFile;

/** Files in memory, forgotten on close: Iceberg's own ones outlive their FileIO. */
final class ScratchFiles extends InMemoryFileIO {
  private final Set<String> created = new HashSet<>();

  @Override
  public OutputFile newOutputFile(String path) {
    created.add(path);
    return super.newOutputFile(path);
  }

  @Override
  public void close() {
    created.stream().filter(this::fileExists).forEach(this::deleteFile);
    super.close();
  }
}
