package dev.firn.internal.run;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.pipeline.OnLocked;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one process at a time load a table for a pipeline; the system frees the lock of a killed
 * one.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunLock.class);

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  @Override
  public String toString() {
    return "lock " + file;
  }

  /**
   * Takes it.
   *
   * @throws FirnException {@code ALREADY_RUNNING} when another run has it, and nobody waits
   */
  static RunLock take(
      Path folder, String pipeline, String table, OnLocked onLocked, Waiting waiting) {
    while (true) {
      try {
        return take(folder, pipeline, table);
      } catch (FirnException e) {
        if (e.code() != ErrorCode.ALREADY_RUNNING || onLocked == OnLocked.FAIL) {
          throw e;
        }
      }
      log.info("Waiting for another run of pipeline {} at {}", pipeline, table);
      waiting.pause();
    }
  }

  /**
   * Takes the lock of a pipeline and a table.
   *
   * @param folder where the project keeps its locks
   * @throws FirnException {@code ALREADY_RUNNING} when another run holds it
   */
  public static RunLock take(Path folder, String pipeline, String table) {
    String name = (pipeline + "." + table).replaceAll("[^A-Za-z0-9._-]", "_");
    Path file = folder.resolve(name + ".lock");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw running(pipeline, table);
      }
      return new RunLock(file, channel);
    } catch (IOException e) {
      throw Disk.unwritable("The lock file " + file + " cannot be written", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process
    }
  }

  private static FirnException running(String pipeline, String table) {
    return new FirnException(
        ErrorCode.ALREADY_RUNNING,
        "Table %s is being loaded by another run of pipeline %s.".formatted(table, pipeline),
        "Wait for that run to end, or set concurrency.on-locked to wait.");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("A lock file cannot be closed.", e);
    }
  }
}
