package dev.firn.files;

import dev.firn.files.internal.parse.Origin;
import java.io.IOException;

/** A place in a plain file, at the start of a line; lines are counted when somebody asks. */
record FileOrigin(InputFile file, long offset) implements Origin {
  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long lines() {
    try {
      return file.lines().before(file.path(), offset);
    } catch (IOException e) {
      throw IoFaults.of(file.name(), e);
    }
  }

  @Override
  public long columns() {
    return 0;
  }
}
