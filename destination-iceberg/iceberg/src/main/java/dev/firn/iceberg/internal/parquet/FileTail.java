package dev.firn.iceberg.internal.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Util;

/**
 * The metadata at the end of a finished file.
 *
 * @param start where they begin
 */
record FileTail(long start, FileMetaData metadata) {
  private static final int LAST = Integer.BYTES + Footer.MAGIC.length;

  static FileTail read(SeekableInputStream in, long length) throws IOException {
    in.seek(length - LAST);
    int size = Integer.reverseBytes(ByteBuffer.wrap(in.readNBytes(Integer.BYTES)).getInt());
    long start = length - LAST - size;
    in.seek(start);
    return new FileTail(start, Util.readFileMetaData(in));
  }

  /** The schema as Iceberg's writers keep it. */
  KeyValue schemaProperty() {
    return metadata.getKey_value_metadata().stream()
        .filter(pair -> pair.getKey().equals(ParquetReId.SCHEMA_PROPERTY))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The footer has no "
                        + ParquetReId.SCHEMA_PROPERTY
                        + ": the file is not one of ours."));
  }

  /** Copies everything before them. */
  void copyBody(SeekableInputStream in, PositionOutputStream out) throws IOException {
    in.seek(0);
    byte[] block = new byte[1 << 20];
    long left = start;
    while (left > 0) {
      int read = in.readNBytes(block, 0, (int) Math.min(block.length, left));
      if (read == 0) {
        throw new IOException("the source ended " + left + " bytes early");
      }
      out.write(block, 0, read);
      left -= read;
    }
  }
}
