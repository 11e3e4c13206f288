package dev.firn.engine;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads splits on threads of this process, one a worker; the calling thread is one of them. */
public final class LocalEngine implements Engine {

  @Override
  public Map<String, FirnException> read(
      SplitStream splits, List<? extends SplitWorker> workers, boolean skipGroups) {
    Reading reading = new Reading(splits, skipGroups);
    List<Thread> threads = new ArrayList<>();
    for (SplitWorker worker : workers.subList(1, workers.size())) {
      Thread thread = new Thread(() -> reading.work(worker), "firn-load-" + threads.size());
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    reading.work(workers.get(0));
    join(threads, reading);
    return reading.outcome();
  }

  /** Waits for all threads, whatever happens: the caller frees what they write to. */
  private static void join(List<Thread> threads, Reading reading) {
    boolean interrupted = false;
    for (int i = 0; i < threads.size(); ) {
      try {
        threads.get(i).join();
        i++;
      } catch (InterruptedException e) {
        interrupted = true;
        reading.fail(0, interrupted(e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static FirnException interrupted(InterruptedException e) {
    return new FirnException(
        ErrorCode.SOURCE_UNAVAILABLE, "The load was interrupted.", "Run it again.", e);
  }

  /** One reading, shared by its threads. */
  private static final class Reading {
    private final SplitStream splits;
    private final boolean skipGroups;
    private final Map<String, FirnException> condemned = new TreeMap<>();
    private long failedAt = Long.MAX_VALUE;
    private @Nullable RuntimeException failure;

    Reading(SplitStream splits, boolean skipGroups) {
      this.splits = splits;
      this.skipGroups = skipGroups;
    }

    void work(SplitWorker worker) {
      long at = Long.MAX_VALUE - 1;
      try {
        for (Optional<Split> next = next(); next.isPresent(); next = next()) {
          Split split = next.get();
          at = split.ordinal();
          load(worker, split);
          at = Long.MAX_VALUE - 1;
        }
        if (!failed()) {
          worker.finish();
        }
      } catch (RuntimeException e) { // carried to the calling thread
        fail(at, e);
      } catch (OutOfMemoryError | StackOverflowError e) { // the user can act on these two
        fail(at, exhausted(e));
      } catch (Error e) { // a thread that dies silently would leave its rows out
        fail(at, broken(e));
      }
    }

    private void load(SplitWorker worker, Split split) {
      try {
        worker.load(split);
      } catch (FirnException e) {
        if (!skipGroups || !concernsRecord(e.code())) {
          throw e;
        }
        condemn(split.group(), e);
      }
    }

    private synchronized Optional<Split> next() {
      while (failure == null) {
        Optional<Split> split = splits.next();
        if (split.isEmpty() || !condemned.containsKey(split.get().group())) {
          return split;
        }
      }
      return Optional.empty();
    }

    private synchronized boolean failed() {
      return failure != null;
    }

    private synchronized void fail(long at, RuntimeException e) {
      if (failure == null || at < failedAt) {
        failure = e;
        failedAt = at;
      }
    }

    private synchronized void condemn(String group, FirnException e) {
      condemned.putIfAbsent(group, e);
    }

    private synchronized Map<String, FirnException> outcome() {
      if (failure != null) {
        throw failure;
      }
      return condemned;
    }

    private static FirnException broken(Error e) {
      return new FirnException(
          ErrorCode.BUG, "A worker failed: " + e, "Please report this with the log.", e);
    }

    private static FirnException exhausted(Error e) {
      return new FirnException(
          ErrorCode.LIMIT_EXCEEDED,
          "The memory is not enough for this load: " + e.getMessage(),
          "Give more with -Xmx, or lower limits.memory-bytes and limits.threads.",
          e);
    }
  }

  /** Whether a failure is one record's, so that leaving out the record or its file helps. */
  static boolean concernsRecord(ErrorCode code) {
    return switch (code) {
      case MALFORMED_DATA, LIMIT_EXCEEDED, DUPLICATE_KEY, BAD_KEY_VALUE, MISSING_CURSOR -> true;
      default -> false;
    };
  }
}
