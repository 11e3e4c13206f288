package dev.firn.iceberg.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * A storage that fails, or is slow, on request; without a request it passes all through to another
 * one.
 */
public final class FaultyFileIO implements FileIO {
  private static final long serialVersionUID = 1L;
  private static final String FULL = "No space left on device";

  private final transient FileIO inner;
  private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
  private transient Predicate<String> refused = path -> false;
  private transient KillSwitch killSwitch = KillSwitch.never();
  private final AtomicLong callsToLoss = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong callsToSlow = new AtomicLong(Long.MAX_VALUE);
  private transient Runnable whileSlow = () -> {};

  public FaultyFileIO(FileIO inner) {
    this.inner = inner;
  }

  /** After this many more bytes the disk is full. */
  public FaultyFileIO fullAfter(long bytes) {
    bytesLeft.set(bytes);
    return this;
  }

  /** Creating a file at these locations fails. */
  public FaultyFileIO refuse(Predicate<String> locations) {
    refused = locations;
    return this;
  }

  /** The connection breaks once, at the call after this many. */
  public FaultyFileIO loseCallAfter(long calls) {
    callsToLoss.set(calls);
    return this;
  }

  /**
   * One call is slow, the one after this many.
   *
   * @param meanwhile what happens before it goes on, instead of time; run by whoever calls
   */
  public FaultyFileIO slowCallAfter(long calls, Runnable meanwhile) {
    whileSlow = meanwhile;
    callsToSlow.set(calls);
    return this;
  }

  /** Whoever uses this storage dies by this switch; each file that is touched is a call. */
  public FaultyFileIO dyingBy(KillSwitch other) {
    killSwitch = other;
    return this;
  }

  private void call() {
    killSwitch.call();
    if (callsToSlow.getAndDecrement() == 0) {
      whileSlow.run();
    }
    if (callsToLoss.getAndDecrement() == 0) {
      throw new UncheckedIOException(new IOException("the connection broke, on request"));
    }
  }

  @Override
  public InputFile newInputFile(String path) {
    call();
    return inner.newInputFile(path);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new FaultyOutputFile(inner.newOutputFile(path));
  }

  @Override
  public void deleteFile(String path) {
    call();
    inner.deleteFile(path);
  }

  @Override
  public Map<String, String> properties() {
    return inner.properties();
  }

  private final class FaultyOutputFile implements OutputFile {
    private final OutputFile file;

    FaultyOutputFile(OutputFile file) {
      this.file = file;
    }

    @Override
    public PositionOutputStream create() {
      requireAllowed();
      return new FaultyStream(file.create());
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      requireAllowed();
      return new FaultyStream(file.createOrOverwrite());
    }

    private void requireAllowed() {
      call();
      if (refused.test(file.location())) {
        throw new UncheckedIOException(new IOException("refused on request: " + file.location()));
      }
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public InputFile toInputFile() {
      return file.toInputFile();
    }
  }

  private final class FaultyStream extends PositionOutputStream {
    private final PositionOutputStream stream;

    FaultyStream(PositionOutputStream stream) {
      this.stream = stream;
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (bytesLeft.addAndGet(-length) < 0) {
        throw new IOException(FULL);
      }
      stream.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      killSwitch.call();
      stream.close();
      killSwitch.call();
    }
  }
}
