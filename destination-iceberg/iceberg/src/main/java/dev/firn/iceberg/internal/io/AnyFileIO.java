package dev.firn.iceberg.internal.io;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.ResolvingFileIO;
import org.apache.iceberg.io.StorageCredential;
import org.apache.iceberg.io.SupportsStorageCredentials;

/**
 * Files wherever a catalog puts them: local ones through {@link LocalFileIO}, all others through
 * the storage client that Iceberg has for their scheme.
 */
public final class AnyFileIO implements FileIO, SupportsStorageCredentials {
  private static final long serialVersionUID = 1L;

  private final LocalFileIO local = new LocalFileIO();
  private final ResolvingFileIO remote = new ResolvingFileIO();
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  @Override
  public void initialize(Map<String, String> settings) {
    local.initialize(settings);
    remote.initialize(settings);
  }

  @Override
  public Map<String, String> properties() {
    return local.properties();
  }

  @Override
  public void setCredentials(List<StorageCredential> credentials) {
    remote.setCredentials(credentials);
  }

  @Override
  public List<StorageCredential> credentials() {
    return remote.credentials();
  }

  // Without the jars of a storage Iceberg would try Hadoop, which fails with other words.
  private FileIO at(String location) {
    if (LocalPaths.isLocal(location)) {
      return local;
    }
    String scheme = location.substring(0, location.indexOf(':'));
    if (!known.contains(scheme)) {
      Storages.requireInstalled(location);
      known.add(scheme);
    }
    return remote;
  }

  @Override
  public InputFile newInputFile(String location) {
    return at(location).newInputFile(location);
  }

  @Override
  public InputFile newInputFile(String location, long length) {
    return at(location).newInputFile(location, length);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    OutputFile file = at(location).newOutputFile(location);
    return LocalPaths.isLocal(location) ? file : new RemoteOutputFile(file);
  }

  @Override
  public void deleteFile(String location) {
    at(location).deleteFile(location);
  }

  @Override
  public void close() {
    local.close();
    remote.close();
  }
}
