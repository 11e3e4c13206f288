package dev.firn.iceberg.internal.merge;

import java.util.List;
import java.util.function.LongPredicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;

/**
 * Rows of one file of the base snapshot that the commit deletes. None of them was deleted before.
 *
 * @param file deletes are keyed by its {@link DataFile#location}, letter by letter
 * @param earlier the base's position deletes and vectors that apply to the file
 * @param whole whether no row of the file is left, and the file may go with them
 * @param source reads the file
 * @param gone tells the rows that earlier commits deleted
 */
public record TargetDeletes(
    DataFile file,
    PartitionSpec spec,
    List<DeleteFile> earlier,
    Positions positions,
    boolean whole,
    RowSource source,
    LongPredicate gone) {
  public TargetDeletes {
    earlier = List.copyOf(earlier);
  }
}
