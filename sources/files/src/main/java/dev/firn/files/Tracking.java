package dev.firn.files;

import com.github.luben.zstd.Zstd;
import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import dev.firn.load.WriteDisposition;
import dev.firn.source.ReadRequest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which files are new to a resource, and what it is to remember of them.
 *
 * @param files those to read
 * @param marks what is to be remembered once some of these files are loaded; empty: nothing is
 */
record Tracking(List<InputFile> files, Optional<Function<List<InputFile>, Marks>> marks) {
  private static final String BY_FILE = "f1:";
  private static final String BY_MODIFIED = "m1:";

  /** Compares what is there with what was loaded. */
  static Tracking of(List<InputFile> files, FileSettings settings, ReadRequest request) {
    boolean pipes = !files.stream().allMatch(InputFile::regular);
    if (files.isEmpty() || pipes || settings.track() == FileSettings.TrackBy.NONE) {
      return new Tracking(files, Optional.empty());
    }
    Marks before = request.tracking().map(Marks::parse).orElse(Marks.NONE);
    boolean byFile = settings.track() == FileSettings.TrackBy.FILE;
    Tracking tracking =
        request.disposition() == WriteDisposition.REPLACE
            ? replacing(files, byFile, before)
            : adding(files, byFile, before);
    tracking.bound(settings.maxTracked());
    return tracking;
  }

  /**
   * The state for the next load; empty: the last one stays.
   *
   * @param leftOut names of files that were skipped: they stay unknown, so that the next load tries
   *     them again
   */
  Optional<String> state(Set<String> leftOut) {
    List<InputFile> loaded = files.stream().filter(file -> !leftOut.contains(file.name())).toList();
    return loaded.isEmpty() ? Optional.empty() : marks.map(of -> of.apply(loaded).text());
  }

  /** All files or none: a replaced table holds exactly what is there now. */
  private static Tracking replacing(List<InputFile> files, boolean byFile, Marks before) {
    boolean same = Marks.of(files, byFile).equals(before);
    return same
        ? new Tracking(List.of(), Optional.empty())
        : new Tracking(files, Optional.of(loaded -> Marks.of(loaded, byFile)));
  }

  /** Marks of files that are gone stay, for a folder may be away for a while. */
  private static Tracking adding(List<InputFile> files, boolean byFile, Marks before) {
    List<InputFile> added = files.stream().filter(file -> !before.covers(file)).toList();
    return new Tracking(added, Optional.of(loaded -> before.and(Marks.of(loaded, byFile))));
  }

  private void bound(int most) {
    int count = marks.map(of -> of.apply(files).hashes().size()).orElse(0);
    if (count > most) {
      throw new FirnException(
          ErrorCode.INVALID_CONFIG,
          count + " files would be tracked, more than track.max-files allows (" + most + ").",
          "Set track: {by: modified}, which remembers the newest time instead of every file.");
    }
  }

  /**
   * What is known of loaded files.
   *
   * @param newest every file up to this time was loaded but those of exactly this time
   * @param hashes of single files
   */
  record Marks(long newest, SortedSet<Long> hashes) {
    static final Marks NONE = new Marks(Long.MIN_VALUE, new TreeSet<>());

    static Marks of(List<InputFile> files, boolean byFile) {
      return byFile ? ofAll(files) : ofNewest(files);
    }

    private static Marks ofAll(List<InputFile> files) {
      SortedSet<Long> hashes = new TreeSet<>();
      files.forEach(file -> hashes.add(Fingerprints.of(file)));
      return new Marks(Long.MIN_VALUE, hashes);
    }

    private static Marks ofNewest(List<InputFile> files) {
      long newest = files.stream().mapToLong(InputFile::modified).max().orElse(Long.MIN_VALUE);
      List<InputFile> atNewest = files.stream().filter(f -> f.modified() == newest).toList();
      return new Marks(newest, ofAll(atNewest).hashes);
    }

    boolean covers(InputFile file) {
      return file.modified() < newest || hashes.contains(Fingerprints.of(file));
    }

    Marks and(Marks other) {
      long later = Math.max(newest, other.newest);
      SortedSet<Long> all = new TreeSet<>();
      if (newest == later) {
        all.addAll(hashes);
      }
      if (other.newest == later) {
        all.addAll(other.hashes);
      }
      return new Marks(later, all);
    }

    String text() {
      ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * hashes.size());
      hashes.forEach(bytes::putLong);
      String packed = Base64.getEncoder().encodeToString(Zstd.compress(bytes.array()));
      String size = hashes.size() + ":";
      return newest == Long.MIN_VALUE
          ? BY_FILE + size + packed
          : BY_MODIFIED + newest + ":" + size + packed;
    }

    /**
     * Reads {@link #text}.
     *
     * @throws FirnException when another version wrote it
     */
    static Marks parse(String text) {
      boolean byFile = text.startsWith(BY_FILE);
      if (!byFile && !text.startsWith(BY_MODIFIED)) {
        throw unreadable(text, null);
      }
      try {
        String[] parts = text.split(":", -1);
        int size = Integer.parseInt(parts[parts.length - 2]);
        byte[] packed = Base64.getDecoder().decode(parts[parts.length - 1]);
        ByteBuffer bytes = ByteBuffer.wrap(Zstd.decompress(packed, Long.BYTES * size));
        SortedSet<Long> hashes = new TreeSet<>();
        for (int i = 0; i < size; i++) {
          hashes.add(bytes.getLong());
        }
        return new Marks(byFile ? Long.MIN_VALUE : Long.parseLong(parts[1]), hashes);
      } catch (IllegalArgumentException
          | BufferUnderflowException
          | com.github.luben.zstd.ZstdException e) {
        throw unreadable(text, e);
      }
    }

    private static FirnException unreadable(
        String text, @org.jspecify.annotations.Nullable Throwable cause) {
      return new FirnException(
          ErrorCode.DESTINATION_UNAVAILABLE,
          "What the table remembers of loaded files is not readable: "
              + text.substring(0, Math.min(40, text.length())),
          "Restore the table's state, or use the version of Firn that wrote it.",
          cause);
    }
  }
}
