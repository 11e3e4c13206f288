package dev.firn.cli;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.PipelinePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan that is kept for a later run. */
final class PlanFile {
  private PlanFile() {}

  static PipelinePlan read(Path file) {
    try {
      return PipelinePlan.parse(Files.readString(file));
    } catch (IOException e) {
      throw unreadable("The plan " + file + " cannot be read", e, "Make it with firn plan --out.");
    }
  }

  static void write(PipelinePlan plan, Path file) {
    try {
      Files.writeString(file, plan.toJson());
    } catch (IOException e) {
      throw unreadable("The plan " + file + " cannot be written", e, "Choose another file.");
    }
  }

  private static FirnException unreadable(String what, IOException cause, String hint) {
    return new FirnException(
        ErrorCode.UNREADABLE_PATH,
        what + ": " + cause.getClass().getSimpleName() + ".",
        hint,
        cause);
  }
}
