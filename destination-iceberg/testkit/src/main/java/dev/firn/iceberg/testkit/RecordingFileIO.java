package dev.firn.iceberg.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A storage that remembers which files were opened for reading. */
public final class RecordingFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  private final transient FileIO inner;
  private final List<String> reads = new CopyOnWriteArrayList<>();

  public RecordingFileIO(FileIO inner) {
    this.inner = inner;
  }

  /** The locations that were opened for reading, once for each time, in order. */
  public List<String> reads() {
    return reads;
  }

  /** The table metadata files among them. */
  public List<String> metadataReads() {
    return reads.stream().filter(path -> path.endsWith(".metadata.json")).toList();
  }

  /** Forgets all. */
  public void forget() {
    reads.clear();
  }

  @Override
  public InputFile newInputFile(String path) {
    return new RecordingFile(inner.newInputFile(path));
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return inner.newOutputFile(path);
  }

  @Override
  public void deleteFile(String path) {
    inner.deleteFile(path);
  }

  @Override
  public Map<String, String> properties() {
    return inner.properties();
  }

  private final class RecordingFile implements InputFile {
    private final InputFile file;

    RecordingFile(InputFile file) {
      this.file = file;
    }

    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      reads.add(file.location());
      return file.newStream();
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }
}
