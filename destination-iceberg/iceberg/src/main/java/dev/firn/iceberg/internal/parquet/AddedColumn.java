package dev.firn.iceberg.internal.parquet;

import dev.firn.error.FirnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/**
 * Gives a finished file of ours one more column of longs. Its bytes are copied as they are; the
 * column's chunks and new metadata follow behind them.
 */
public final class AddedColumn {
  private final Types.NestedField column;
  private final LongUnaryOperator values;
  private final BufferAllocator memory;

  /**
   * @param column optional, of longs
   * @param values by position in the file; below 0: null
   * @param memory lends nine bytes for each row of a row group
   */
  public AddedColumn(Types.NestedField column, LongUnaryOperator values, BufferAllocator memory) {
    this.column = column;
    this.values = values;
    this.memory = memory;
  }

  /** A written file. */
  public record Copy(String path, long length) {}

  /**
   * Writes the copy. Row groups and split offsets are those of the source, which is left as it is.
   *
   * @param target path of a file that does not exist
   * @return where the copy lies, as the storage names it, and how long it is
   * @throws IllegalArgumentException if the source is not a file of ours
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses
   */
  public Copy copy(FileIO io, String source, String target) {
    InputFile input = io.newInputFile(source);
    try (SeekableInputStream in = input.newStream()) {
      FileTail tail = FileTail.read(in, input.getLength());
      OutputFile output = io.newOutputFile(target);
      return new Copy(output.location(), write(in, tail, output));
    } catch (IOException | RuntimeException e) {
      if (e instanceof IllegalArgumentException mistake) {
        throw mistake;
      }
      throw StorageFailure.of("copy " + source + " to", target, e);
    }
  }

  private long write(SeekableInputStream in, FileTail old, OutputFile output) throws IOException {
    try (PositionOutputStream out = output.create()) {
      old.copyBody(in, out);
      List<AppendedRowGroup> added = writeChunks(old.metadata(), out);
      Footer footer =
          new Footer(ParquetSchemaUtil.convert(new Schema(column), "table"), added, out.getPos());
      graft(footer.indexed(), old);
      Footer.writeMetadata(old.metadata(), footer.bytes());
      out.write(footer.bytes().array(), 0, footer.bytes().size());
      return out.getPos();
    }
  }

  private List<AppendedRowGroup> writeChunks(FileMetaData file, PositionOutputStream out)
      throws IOException {
    List<AppendedRowGroup> added = new ArrayList<>();
    long first = 0;
    try (RowGroupEncoder encoder = new RowGroupEncoder(EncoderSettings.DEFAULT);
        BigIntVector vector = new BigIntVector(column.name(), memory)) {
      for (RowGroup group : file.getRow_groups()) {
        int rows = Math.toIntExact(group.getNum_rows());
        fill(vector, first, rows);
        EncodedRowGroup encoded = encoder.encode(List.of(vector), rows);
        added.add(new AppendedRowGroup(added.size(), 0, out.getPos(), rows, encoded.columns()));
        out.write(encoded.bytes(), 0, encoded.sizeBytes());
        first += rows;
      }
    }
    return added;
  }

  private void fill(BigIntVector vector, long first, int rows) {
    vector.reset();
    for (int row = 0; row < rows; row++) {
      long value = values.applyAsLong(first + row);
      if (value < 0) {
        vector.setNull(row);
      } else {
        vector.setSafe(row, value);
      }
    }
    vector.setValueCount(rows);
  }

  /** Makes the column one of the file's. */
  private void graft(FileMetaData added, FileTail tail) {
    FileMetaData file = tail.metadata();
    SchemaElement root = file.getSchema().get(0);
    root.setNum_children(root.getNum_children() + 1);
    file.addToSchema(added.getSchema().get(1));
    if (file.isSetColumn_orders()) {
      file.addToColumn_orders(added.getColumn_orders().get(0));
    }
    for (int i = 0; i < file.getRow_groupsSize(); i++) {
      RowGroup group = file.getRow_groups().get(i);
      ColumnChunk chunk = added.getRow_groups().get(i).getColumns().get(0);
      group.addToColumns(chunk);
      group.setTotal_byte_size(
          group.getTotal_byte_size() + chunk.getMeta_data().getTotal_uncompressed_size());
      group.setTotal_compressed_size(
          group.getTotal_compressed_size() + chunk.getMeta_data().getTotal_compressed_size());
    }
    KeyValue property = tail.schemaProperty();
    List<Types.NestedField> columns =
        new ArrayList<>(SchemaParser.fromJson(property.getValue()).columns());
    columns.add(column);
    property.setValue(SchemaParser.toJson(new Schema(columns)));
  }
}
