package dev.firn.iceberg.internal.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A local file to write, with the folders above it. */
record LocalOutputFile(String location) implements OutputFile {
  @Override
  public PositionOutputStream create() {
    Path path = LocalPaths.path(location);
    return open(path, path);
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    Path path = LocalPaths.path(location);
    return open(path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID()), path);
  }

  private PositionOutputStream open(Path written, Path target) {
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Disk.LOCAL.createFolders(folder);
      }
      return new LocalOutputStream(written, target, Disk.LOCAL);
    } catch (FileAlreadyExistsException e) {
      throw new AlreadyExistsException(e, "File already exists: %s", location);
    } catch (IOException e) {
      throw new UncheckedIOException(FullDisk.orSame(e, location));
    }
  }

  @Override
  public InputFile toInputFile() {
    return new LocalInputFile(location);
  }
}
