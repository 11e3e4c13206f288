package dev.firn.iceberg.internal.parquet;

import dev.firn.error.FirnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * A Parquet file that takes row groups from any thread and learns its schema's field ids only when
 * it is sealed. All row groups hold the same columns. Methods may be called from any thread; an
 * append holds the lock while its bytes are written. A file that was not sealed is deleted by
 * {@link #close}.
 */
public final class OpenParquetFile implements AutoCloseable {
  private enum State {
    OPEN,
    BROKEN,
    SEALED,
    ABORTED
  }

  private final FileIO io;
  private final String path;
  private final PositionOutputStream stream;
  private final List<AppendedRowGroup> groups = new ArrayList<>();
  private List<FileColumn> columns = List.of();
  private State state = State.OPEN;
  private long position;

  private OpenParquetFile(FileIO io, String path, PositionOutputStream stream) {
    this.io = io;
    this.path = path;
    this.stream = stream;
  }

  /**
   * Creates a new file.
   *
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses, an existing file included
   */
  public static OpenParquetFile create(FileIO io, String path) {
    OpenParquetFile file = open(io, path);
    try {
      file.write(Footer.MAGIC, Footer.MAGIC.length);
      return file;
    } catch (FirnException e) {
      file.abort();
      throw e;
    }
  }

  private static OpenParquetFile open(FileIO io, String path) {
    try {
      OutputFile output = io.newOutputFile(path);
      return new OpenParquetFile(io, output.location(), output.create());
    } catch (RuntimeException e) {
      throw StorageFailure.of("create", path, e);
    }
  }

  /** Where the file lies, as the storage names it. */
  public String path() {
    return path;
  }

  /**
   * Writes a row group behind the ones before it.
   *
   * @param tag the caller's own mark, given back by {@link #seal}
   * @return the row group's number in this file, from 0
   * @throws IllegalArgumentException if its columns are not those of the first row group
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses; the file can then only be aborted
   */
  public synchronized int append(EncodedRowGroup group, long tag) {
    requireOpen();
    List<FileColumn> incoming = group.columns().stream().map(EncodedColumn::column).toList();
    if (groups.isEmpty()) {
      columns = incoming;
    } else if (!columns.equals(incoming)) {
      throw new IllegalArgumentException(
          path
              + " holds "
              + columns
              + "; a row group of "
              + incoming
              + " needs a file of its own.");
    }
    long start = position;
    write(group.bytes(), group.sizeBytes());
    groups.add(new AppendedRowGroup(groups.size(), tag, start, group.rows(), group.columns()));
    return groups.size() - 1;
  }

  /** The names of the columns in file order; once sealed, of those in the footer. */
  public synchronized List<String> columnNames() {
    return columns.stream().map(FileColumn::name).toList();
  }

  /** Bytes so far, without the footer. */
  public synchronized long bytesWritten() {
    return position;
  }

  /**
   * Writes indexes and footer and closes the file. Row groups that are left out stay in it as bytes
   * that nobody reads, and so do columns that none of the others came with; if no row group is
   * left, the file is deleted.
   *
   * @param keepRowGroup asked once for each number that {@link #append} gave
   * @return the finished file, or nothing if no row group was kept
   * @throws IllegalArgumentException if the schema lacks a column of the file, has it with a type
   *     to which the file's cannot be promoted, or requires a column that holds a null
   * @throws FirnException {@code DESTINATION_FULL} or {@code DESTINATION_UNAVAILABLE} if the
   *     storage refuses; the file can then only be aborted
   */
  public synchronized Optional<SealedFile> seal(FooterSchema footer, IntPredicate keepRowGroup) {
    requireOpen();
    KeptRowGroups kept = KeptRowGroups.of(columns, groups, keepRowGroup);
    if (kept.groups().isEmpty()) {
      abort();
      return Optional.empty();
    }
    FileSchema schema = FileSchema.of(kept.columns(), footer.schema());
    kept.requireNoNulls(footer.schema());
    columns = kept.columns();
    return Optional.of(finish(footer, schema, kept.groups()));
  }

  private SealedFile finish(FooterSchema footer, FileSchema schema, List<AppendedRowGroup> kept) {
    ParquetMetadata metadata = writeFooter(footer, schema, kept);
    state = State.SEALED;
    List<SealedRowGroup> sealed = new ArrayList<>(kept.size());
    long firstRow = 0;
    for (AppendedRowGroup group : kept) {
      sealed.add(new SealedRowGroup(group.index(), group.tag(), firstRow, group.rows()));
      firstRow += group.rows();
    }
    return new SealedFile(
        path,
        position,
        firstRow,
        sealed,
        ParquetUtil.getSplitOffsets(metadata),
        FileMetrics.of(metadata, schema, kept, footer.metrics()));
  }

  private ParquetMetadata writeFooter(
      FooterSchema footer, FileSchema schema, List<AppendedRowGroup> kept) {
    Map<String, String> properties = new HashMap<>(footer.properties());
    properties.put(ParquetReId.SCHEMA_PROPERTY, SchemaParser.toJson(schema.schema()));
    try {
      Footer tail = new Footer(schema.parquet(), kept, position);
      ParquetMetadata metadata = tail.write(properties);
      write(tail.bytes().array(), tail.bytes().size());
      stream.close();
      return metadata;
    } catch (IOException | RuntimeException e) {
      state = State.BROKEN;
      throw StorageFailure.of("finish", path, e);
    }
  }

  /**
   * Closes and deletes the file unless it is sealed or already gone; failures of the storage are
   * left behind with the file.
   */
  public synchronized void abort() {
    if (state == State.SEALED || state == State.ABORTED) {
      return;
    }
    state = State.ABORTED;
    try (stream) {
      groups.clear();
    } catch (IOException | RuntimeException ignored) {
      // The file is to be deleted: what could not be flushed is not missed.
    }
    try {
      io.deleteFile(path);
    } catch (RuntimeException ignored) {
      // An orphan at worst; the failure that led here matters more.
    }
  }

  @Override
  public void close() {
    abort();
  }

  private void write(byte[] bytes, int length) {
    try {
      stream.write(bytes, 0, length);
      position += length;
    } catch (IOException | RuntimeException e) {
      state = State.BROKEN;
      throw StorageFailure.of("write", path, e);
    }
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw new IllegalStateException(path + " takes nothing more: it is " + state + ".");
    }
  }
}
