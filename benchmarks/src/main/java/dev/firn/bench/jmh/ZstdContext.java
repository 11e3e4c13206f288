package dev.firn.bench.jmh;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Compressing one Parquet page with a context kept for all pages, and with one made anew. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ZstdContext {
  private static final int LEVEL = 3;
  private static final int DISTINCT_VALUES = 300;

  /** Bytes of a page before compression: a narrow dictionary column's, and a text column's. */
  @Param({"8192", "1048576"})
  public int pageBytes;

  private final ZstdCompressCtx kept = new ZstdCompressCtx();
  private byte[] page = {};
  private byte[] compressed = {};

  /** Little-endian integers of few distinct values, as dictionary indexes and small numbers are. */
  @Setup
  public void makePage() {
    Random random = new Random(1);
    page = new byte[pageBytes];
    for (int i = 0; i + 1 < pageBytes; i += 2) {
      int value = random.nextInt(DISTINCT_VALUES);
      page[i] = (byte) value;
      page[i + 1] = (byte) (value >>> 8);
    }
    compressed = new byte[(int) Zstd.compressBound(pageBytes)];
    kept.setLevel(LEVEL);
  }

  @TearDown
  public void close() {
    kept.close();
  }

  @Benchmark
  public int keptContext() {
    return kept.compressByteArray(compressed, 0, compressed.length, page, 0, page.length);
  }

  @Benchmark
  public int newContext() {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLevel(LEVEL);
      return context.compressByteArray(compressed, 0, compressed.length, page, 0, page.length);
    }
  }
}
