package dev.firn.bench.jmh;

import dev.firn.batch.KeyHash;
import dev.firn.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The id of a row from its key, paid once a row of every keyed table; nanoseconds for one id. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyHashing {
  private static final int KEYS = 1000;
  private static final long FIRST_ID = 30_000_000_000L;

  private final byte[][] keys = new byte[KEYS][];
  private final byte[] id = new byte[KeyHash.ID_LENGTH];
  private final KeyHash hash = new KeyHash(TableName.parse("bench.events"));

  /** Keys like those of the generated events: texts of eleven digits. */
  @Setup
  public void makeKeys() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = Long.toString(FIRST_ID + 7L * i).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** What Firn does: the hash and its 22 characters. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void keyHash(Blackhole sink) {
    for (byte[] key : keys) {
      hash.begin();
      hash.addUtf8(key, 0, key.length);
      hash.writeId(id, 0);
      sink.consume(id);
    }
  }

  /** What a cryptographic hash would cost, without its text. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void sha256(Blackhole sink) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] key : keys) {
      digest.update(key);
      sink.consume(digest.digest());
    }
  }
}
