package dev.firn.iceberg.internal.io;

import java.io.IOException;
import java.io.InputStream;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * A file to be written that finds out why it cannot be. Creating it begins with the question
 * whether it exists, and an answer to that has no room for a reason (RFC 9110, section 9.3.2): a
 * wrong key looks like a missing right. A refused question is asked again as a read.
 */
record RemoteOutputFile(OutputFile file) implements OutputFile {

  @Override
  public PositionOutputStream create() {
    try {
      return file.create();
    } catch (RuntimeException unexplained) {
      explain(unexplained);
      throw unexplained;
    }
  }

  private void explain(RuntimeException unexplained) {
    try (InputStream content = file.toInputFile().newStream()) {
      content.read();
    } catch (NotFoundException readable) {
      // reading is allowed: that was not it
    } catch (IOException | RuntimeException reason) {
      reason.addSuppressed(unexplained);
      throw reason instanceof RuntimeException known ? known : unexplained;
    }
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    return file.createOrOverwrite();
  }

  @Override
  public String location() {
    return file.location();
  }

  @Override
  public InputFile toInputFile() {
    return file.toInputFile();
  }
}
