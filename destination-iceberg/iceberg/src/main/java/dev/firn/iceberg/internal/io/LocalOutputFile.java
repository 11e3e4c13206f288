package dev.firn.iceberg.internal.io;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
    makeFolderOf(target);
    try {
      return new LocalOutputStream(written, target, Disk.LOCAL);
    } catch (FileAlreadyExistsException e) {
      throw new AlreadyExistsException(e, "File already exists: %s", location);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void makeFolderOf(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      try {
        Disk.LOCAL.createFolders(folder);
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  // Nothing was written, so whoever commits need not ask whether the commit was applied.
  private FirnException unwritable(IOException e) {
    if (FullDisk.isBelow(e)) {
      return FullDisk.failure("cannot write " + location, e);
    }
    return new FirnException(
        ErrorCode.DESTINATION_UNAVAILABLE,
        "Cannot write " + location + ": " + reason(e) + ".",
        "Make that place writable, then run again; nothing is half-loaded.",
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is a file, not a folder";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return String.valueOf(e.getMessage());
  }

  @Override
  public InputFile toInputFile() {
    return new LocalInputFile(location);
  }
}
