package dev.firn.iceberg.internal.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Unpacks pages of zstd, which nearly every Iceberg table has, without the start of Hadoop's
 * configuration; leaves all other codecs to parquet-java.
 */
final class PageCodecs implements CompressionCodecFactory {
  private final CompressionCodecFactory others;

  PageCodecs(CompressionCodecFactory others) {
    this.others = others;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.ZSTD ? new ZstdPages() : others.getDecompressor(codec);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return others.getCompressor(codec);
  }

  @Override
  public void release() {
    others.release();
  }

  /** All bytes, in the heap. */
  static ByteBuffer bytes(BytesInput input) {
    ByteBuffer bytes = input.toByteBuffer(new HeapByteBufferAllocator(), freed -> {});
    if (bytes.hasArray()) {
      return bytes;
    }
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  private static final class ZstdPages implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      return BytesInput.from(unpack(bytes(packed), size));
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer plain, int size)
        throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(packedSize);
      packed.get(bytes.array());
      plain.put(unpack(bytes, size));
    }

    private static byte[] unpack(ByteBuffer packed, int size) throws IOException {
      byte[] plain = new byte[size];
      int start = packed.arrayOffset() + packed.position();
      try {
        requireSize(
            Zstd.decompressByteArray(plain, 0, size, packed.array(), start, packed.remaining()),
            size);
      } catch (ZstdException e) {
        throw new IOException("A page is no zstd: " + e.getMessage(), e);
      }
      return plain;
    }

    private static void requireSize(long found, int expected) throws IOException {
      if (found != expected) {
        throw new IOException(
            "A page unpacks to %d bytes, its header says %d.".formatted(found, expected));
      }
    }

    @Override
    public void release() {}
  }
}
