package dev.firn.iceberg.internal.parquet;

import dev.firn.error.FirnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.SchemaElement;

/**
 * Gives a sealed file other field ids: a copy byte for byte with a new footer, for a commit that
 * lost a race over ids.
 */
public final class ParquetReId {
  /** The footer's key under which Iceberg's writers keep the schema as JSON. */
  static final String SCHEMA_PROPERTY = "iceberg.schema";

  private final FileIO io;

  /** Reads and writes through one storage. */
  public ParquetReId(FileIO io) {
    this.io = io;
  }

  /**
   * Copies a file that {@link OpenParquetFile} sealed, its ids taken by column name from another
   * schema. The source is left as it is.
   *
   * @param target path of a file that does not exist
   * @return the copy; row groups and split offsets are those of the source
   * @throws IllegalArgumentException if the schema lacks a column of the file or has it with a type
   *     to which the file's cannot be promoted
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses
   */
  public SealedFile copy(SealedFile source, Schema schema, String target) {
    try {
      return copyFile(source, schema, target);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw StorageFailure.of("copy " + source.path() + " to", target, e);
    }
  }

  private SealedFile copyFile(SealedFile source, Schema schema, String target) throws IOException {
    InputFile input = io.newInputFile(source.path());
    try (SeekableInputStream in = input.newStream()) {
      FileTail old = FileTail.read(in, input.getLength());
      FileMetaData footer = old.metadata();
      Map<Integer, Integer> ids = reassign(old, schema);
      PageBuffer tail = new PageBuffer(1 << 16);
      Footer.writeMetadata(footer, tail);
      OutputFile output = io.newOutputFile(target);
      write(in, old, tail, output);
      return new SealedFile(
          output.location(),
          old.start() + tail.size(),
          source.recordCount(),
          source.rowGroups(),
          source.splitOffsets(),
          renumber(source.metrics(), ids));
    }
  }

  private void write(SeekableInputStream in, FileTail old, PageBuffer tail, OutputFile output)
      throws IOException {
    PositionOutputStream created = output.create();
    try (PositionOutputStream out = created) {
      old.copyBody(in, out);
      out.write(tail.array(), 0, tail.size());
    } catch (IOException | RuntimeException e) {
      deleteQuietly(output.location());
      throw e;
    }
  }

  private void deleteQuietly(String path) {
    try {
      io.deleteFile(path);
    } catch (RuntimeException ignored) {
      // An orphan at worst; the failure that led here matters more.
    }
  }

  /** Puts new ids into a footer; returns them by old id. */
  private static Map<Integer, Integer> reassign(FileTail tail, Schema schema) {
    FileMetaData footer = tail.metadata();
    KeyValue property = tail.schemaProperty();
    Schema old = SchemaParser.fromJson(property.getValue());
    List<FileColumn> columns = new ArrayList<>();
    for (Types.NestedField field : old.columns()) {
      columns.add(new FileColumn(field.name(), field.type().asPrimitiveType(), field.isRequired()));
    }
    FileSchema renewed = FileSchema.of(columns, schema);
    property.setValue(SchemaParser.toJson(renewed.schema()));
    Map<Integer, Integer> ids = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      int id = renewed.schema().columns().get(i).fieldId();
      SchemaElement element = footer.getSchema().get(i + 1);
      ids.put(element.getField_id(), id);
      element.setField_id(id);
    }
    return ids;
  }

  private static Metrics renumber(Metrics metrics, Map<Integer, Integer> ids) {
    return new Metrics(
        metrics.recordCount(),
        renumber(metrics.columnSizes(), ids),
        renumber(metrics.valueCounts(), ids),
        renumber(metrics.nullValueCounts(), ids),
        renumber(metrics.nanValueCounts(), ids),
        renumber(metrics.lowerBounds(), ids),
        renumber(metrics.upperBounds(), ids));
  }

  private static <V> Map<Integer, V> renumber(Map<Integer, V> byId, Map<Integer, Integer> ids) {
    Map<Integer, V> renumbered = new HashMap<>();
    byId.forEach((id, value) -> renumbered.put(ids.getOrDefault(id, id), value));
    return renumbered;
  }
}
