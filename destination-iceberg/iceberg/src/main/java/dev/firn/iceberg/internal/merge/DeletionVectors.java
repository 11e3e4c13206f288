package dev.firn.iceberg.internal.merge;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes the deletes of a commit to a table of format version 3: one vector a data file, all in one
 * Puffin file. A data file has at most one vector, so what earlier commits deleted is merged in,
 * and their vectors are removed by the same commit.
 */
public final class DeletionVectors {
  private final BaseDeleteLoader loader;
  private final BaseDVFileWriter writer;
  private final Map<String, List<DeleteFile>> earlier = new HashMap<>();

  /**
   * Begins without a file; it is made when there is something to write.
   *
   * @param io reads earlier deletes
   * @param file the Puffin file to be made, asked for once at most
   */
  public DeletionVectors(FileIO io, Supplier<OutputFile> file) {
    loader = new BaseDeleteLoader(delete -> io.newInputFile(delete.location()));
    writer = new BaseDVFileWriter(file, this::deletedBefore);
  }

  /**
   * What a commit does with delete files.
   *
   * @param added the new vectors
   * @param replaced those of earlier commits that the new ones contain
   */
  public record Written(List<DeleteFile> added, List<DeleteFile> replaced) {
    public Written {
      added = List.copyOf(added);
      replaced = List.copyOf(replaced);
    }
  }

  private @Nullable PositionDeleteIndex deletedBefore(String path) {
    List<DeleteFile> files = earlier.getOrDefault(path, List.of());
    return files.isEmpty() ? null : loader.loadPositionDeletes(files, path);
  }

  /**
   * Deletes rows of a file.
   *
   * @param before deletes of earlier commits that apply to it; none of a file that is new
   */
  public void delete(
      DataFile file, PartitionSpec spec, List<DeleteFile> before, Positions positions) {
    earlier.put(file.location(), before);
    positions.forEach(position -> writer.delete(file.location(), position, spec, file.partition()));
  }

  /**
   * Writes the file; to be called once.
   *
   * @throws FirnException {@code DESTINATION_UNAVAILABLE} if the storage refuses
   */
  public Written finish() {
    try {
      writer.close();
    } catch (IOException | UncheckedIOException e) {
      throw new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "Cannot write deletion vectors: " + e.getMessage(),
          "Check that the storage can be written, then run again.",
          e);
    }
    DeleteWriteResult result = writer.result();
    return new Written(result.deleteFiles(), result.rewrittenDeleteFiles());
  }
}
