package dev.firn.iceberg.internal.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A local file to read. */
record LocalInputFile(String location) implements InputFile {
  @Override
  public long getLength() {
    try {
      return Files.size(LocalPaths.path(location));
    } catch (NoSuchFileException e) {
      throw missing(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SeekableInputStream newStream() {
    try {
      return new LocalInputStream(LocalPaths.path(location));
    } catch (NoSuchFileException e) {
      throw missing(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NotFoundException missing(NoSuchFileException cause) {
    return new NotFoundException(cause, "File does not exist: %s", location);
  }

  @Override
  public boolean exists() {
    return Files.exists(LocalPaths.path(location));
  }
}
