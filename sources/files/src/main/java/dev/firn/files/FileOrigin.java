package dev.firn.files;

import dev.firn.files.internal.parse.Origin;
import dev.firn.files.internal.parse.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** A place in a plain file, at the start of a line; lines are counted when somebody asks. */
record FileOrigin(InputFile file, long offset) implements Origin {
  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long lines() {
    try (InputStream in = Files.newInputStream(file.path())) {
      byte[] buffer = new byte[64 << 10];
      long count = 0;
      long left = offset;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          break;
        }
        count += Words.newlines(buffer, 0, read);
        left -= read;
      }
      return count;
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
  }

  @Override
  public long columns() {
    return 0;
  }
}
