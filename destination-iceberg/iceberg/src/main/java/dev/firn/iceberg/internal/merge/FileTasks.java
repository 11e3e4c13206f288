package dev.firn.iceberg.internal.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does the same to many files, several at once. */
final class FileTasks {
  private final int threads;

  FileTasks(int threads) {
    this.threads = threads;
  }

  /**
   * Returns when all are done; throws what the first that failed threw, when none runs any more.
   */
  <T> void forEach(List<T> files, Consumer<T> task) {
    if (threads == 1 || files.size() < 2) {
      files.forEach(task);
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, files.size()));
    try {
      List<Future<?>> running = new ArrayList<>();
      files.forEach(file -> running.add(workers.submit(() -> task.accept(file))));
      running.forEach(FileTasks::join);
    } finally {
      workers.shutdownNow();
      awaitEnd(workers);
    }
  }

  private static void join(Future<?> task) {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while files were read", e);
    }
  }

  private static void awaitEnd(ExecutorService workers) {
    try {
      while (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
        // a read in flight ends by itself
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
