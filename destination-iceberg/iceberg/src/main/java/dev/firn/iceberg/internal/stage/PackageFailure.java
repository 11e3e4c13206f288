package dev.firn.iceberg.internal.stage;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.iceberg.internal.io.FullDisk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/** A file of a package's folder that cannot be used, as its user sees it. */
public final class PackageFailure {
  private PackageFailure() {}

  /** It could not be written. */
  public static FirnException writing(Path file, IOException cause) {
    return FullDisk.isBelow(cause)
        ? FullDisk.failure("cannot write " + file, cause)
        : new FirnException(
            ErrorCode.UNREADABLE_PATH,
            "Cannot write " + file + ": " + cause.getMessage(),
            "Make the project's .firn folder writable, then run again.",
            cause);
  }

  /** It could not be read, or is damaged. */
  public static FirnException reading(Path file, IOException cause) {
    return new FirnException(
        ErrorCode.UNREADABLE_PATH,
        "Cannot read "
            + file
            + ": "
            + (cause instanceof EOFException ? "it is cut short" : cause.getMessage()),
        "Make it readable, or drop the package with: firn packages drop.",
        cause);
  }
}
