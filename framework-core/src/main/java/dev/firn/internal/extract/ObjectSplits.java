package dev.firn.internal.extract;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.Limits;
import dev.firn.source.Key;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Walks objects onto tapes and cuts these into splits of a few megabytes. */
final class ObjectSplits implements SplitStream {
  private static final int SPLIT_BYTES = 4 << 20;

  private final String resource;
  private final int batchRows;
  private final Callable<@Nullable Object> code;
  private final LongPredicate wanted;
  private final TapeSpool spool;
  private final Runnable finished;

  private final KeyTable keys = new KeyTable();
  private final EventTape tape = new EventTape(SPLIT_BYTES + (SPLIT_BYTES >> 3), keys);
  private final RecordWalker walker = new RecordWalker(tape, Limits.DEFAULT.depth());
  private Key[] knownKeys = {};
  private long position;
  private long ordinal;
  private long missing;
  private @Nullable Elements elements;
  private @Nullable ArrowRows rows;
  private boolean ended;

  /**
   * @param finished is called once everything is in the spool
   */
  ObjectSplits(
      String resource,
      int batchRows,
      Callable<@Nullable Object> code,
      LongPredicate wanted,
      TapeSpool spool,
      Runnable finished) {
    this.resource = resource;
    this.batchRows = batchRows;
    this.code = code;
    this.wanted = wanted;
    this.spool = spool;
    this.finished = finished;
  }

  @Override
  public Optional<Split> next() {
    while (!ended) {
      fill();
      if (tape.records() == 0) {
        end();
      } else {
        TapeSplit split = cut();
        if (wanted.test(split.ordinal())) {
          return Optional.of(split);
        }
      }
    }
    return Optional.empty();
  }

  private TapeSplit cut() {
    if (keys.size() != knownKeys.length) {
      knownKeys = keys.snapshot();
    }
    TapeSplit split = new TapeSplit(ordinal++, resource, tape.cut(), knownKeys);
    spool.add(split);
    return split;
  }

  /** Calls the source's code: whatever it throws is the source's failure. */
  private void fill() {
    try {
      while (tape.length() < SPLIT_BYTES && tape.records() < batchRows && step()) {}
    } catch (FirnException ours) {
      throw ours.at("resource " + resource + ", record " + position);
    } catch (Exception | StackOverflowError thrown) {
      throw sourceFailed(thrown);
    }
  }

  /** Takes down one record; false at the end. */
  private boolean step() throws Exception {
    ArrowRows batch = rows;
    if (batch != null) {
      if (batch.hasNext()) {
        walker.row(batch, position);
        position++;
        return true;
      }
      rows = null;
      batch.close();
    }
    if (elements == null) {
      elements = Elements.of(opened());
    }
    return elements.hasNext() && element(elements.next());
  }

  private Object opened() throws Exception {
    Object returned = code.call();
    if (returned == null) {
      throw Writers.unsupported("It returned null");
    }
    return returned;
  }

  private boolean element(@Nullable Object element) {
    if (element instanceof VectorSchemaRoot batch) {
      rows = opened(batch);
      return true;
    } else if (element == null) {
      missing++;
      tape.reject(nullRecord(position));
    } else {
      walker.record(element, position);
    }
    position++;
    return true;
  }

  private static ArrowRows opened(VectorSchemaRoot batch) {
    try {
      return new ArrowRows(batch);
    } catch (FirnException unsupported) {
      batch.close();
      throw unsupported;
    }
  }

  private FirnException nullRecord(long at) {
    return new FirnException(
        ErrorCode.MALFORMED_DATA,
        "resource " + resource + ", record " + at + ": it is null.",
        "Leave out what is not there.");
  }

  private FirnException sourceFailed(Throwable thrown) {
    Throwable cause =
        thrown instanceof SourceCodeFailure && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof FirnException ours) {
      return ours;
    }
    return new FirnException(
        ErrorCode.SOURCE_UNAVAILABLE,
        "The code of resource " + resource + " failed at record " + position + ": " + words(cause),
        "The source's own log may say more. Nothing of this load is visible; run again when it is mended.",
        cause);
  }

  private static String words(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }

  private void end() {
    ended = true;
    finished.run();
    close();
  }

  @Override
  public void stop() {
    if (!ended) {
      end();
    }
  }

  @Override
  public List<String> warnings() {
    return missing == 0
        ? List.of()
        : List.of("Resource " + resource + ": " + missing + " records were null and left out.");
  }

  @Override
  public void close() {
    ended = true;
    if (rows != null) {
      rows.close();
      rows = null;
    }
    if (elements != null) {
      Elements open = elements;
      elements = null;
      try {
        open.close();
      } catch (Exception thrown) {
        throw sourceFailed(thrown);
      }
    }
  }
}
