package dev.firn.internal.extract;

import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceReader;
import dev.firn.source.SplitStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a resource's code returns. The first reading is kept in a spool, so that the same
 * request brings the same splits again without calling the code twice.
 */
public final class ObjectsReader implements ResourceReader, AutoCloseable {
  private final String resource;
  private final int batchRows;
  private final ResourceCode code;
  private final Path spoolFolder;
  private @Nullable ReadRequest kept;
  private @Nullable TapeSpool spool;
  private boolean complete;

  /** The code of a resource. */
  @FunctionalInterface
  public interface ResourceCode {
    /** Returns a sequence of records, or nothing by mistake. */
    @Nullable Object open(ReadRequest request) throws Exception;
  }

  /**
   * @param batchRows records in one split, at most; 0: as many as a few megabytes hold
   * @param spoolFolder where records wait that may be read again
   */
  public ObjectsReader(String resource, int batchRows, ResourceCode code, Path spoolFolder) {
    this.resource = resource;
    this.batchRows = batchRows > 0 ? batchRows : Integer.MAX_VALUE;
    this.code = code;
    this.spoolFolder = spoolFolder;
  }

  @Override
  public boolean replayable() {
    return true;
  }

  @Override
  public SplitStream open(ReadRequest request) {
    TapeSpool tapes = spool;
    if (tapes != null && complete && sameReading(request)) {
      return new SpooledSplits(tapes, request.wanted());
    }
    close();
    kept = request;
    TapeSpool fresh = new TapeSpool(spoolFolder, resource);
    spool = fresh;
    return new ObjectSplits(
        resource, batchRows, () -> code.open(request), request.wanted(), fresh, this::finished);
  }

  private void finished() {
    complete = true;
  }

  private boolean sameReading(ReadRequest request) {
    return kept != null && request.only(kept.wanted()).equals(kept);
  }

  /** Drops what was kept. */
  @Override
  public void close() {
    complete = false;
    if (spool != null) {
      spool.close();
      spool = null;
    }
  }
}
