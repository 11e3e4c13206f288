package dev.firn.files;

import dev.firn.files.internal.parse.Faults;
import dev.firn.files.internal.parse.KeyRing;
import dev.firn.source.ReadRequest;
import dev.firn.source.ResourceReader;
import dev.firn.source.Split;
import dev.firn.source.SplitStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads the files of one resource. */
final class FilesReader implements ResourceReader {
  /** Decoded bytes of a sample where only the beginning of a file can be had. */
  private static final int SAMPLED_BEGINNING = 1 << 20;

  private final Path folder;
  private final FileSettings settings;
  private final Tuning tuning;
  private final KeyRing keys = new KeyRing();
  private final Map<String, Long> pieceCounts = new ConcurrentHashMap<>();
  private @Nullable Listing listing;

  FilesReader(Path folder, FileSettings settings, Tuning tuning) {
    this.folder = folder;
    this.settings = settings;
    this.tuning = tuning;
  }

  @Override
  public boolean replayable() {
    return true; // what can be read only once is copied on the way
  }

  @Override
  public boolean skipsBrokenGroups() {
    return settings.onError() == FileSettings.OnError.SKIP_FILE;
  }

  @Override
  public Set<String> fileColumns() {
    return settings.fileColumns().names();
  }

  @Override
  public String fingerprint() {
    // a stream's content is not known beforehand, so no two are the same
    return listing().files().stream().allMatch(InputFile::regular)
        ? Fingerprints.of(listing().files(), settings)
        : UUID.randomUUID().toString();
  }

  /** The files as they were when first asked for, so that a second reading cuts them alike. */
  private synchronized Listing listing() {
    Listing known = listing;
    if (known == null) {
      known = Listing.of(folder, settings);
      listing = known;
    }
    return known;
  }

  @Override
  public SplitStream open(ReadRequest request) {
    Faults faults =
        new Faults(settings.onError() == FileSettings.OnError.CONTINUE, settings.maxErrors());
    Tracking tracking = Tracking.of(listing().files(), settings, request);
    return new FilesStream(
        tracking,
        listing().warnings(),
        faults,
        request.wanted(),
        new Cutting(settings, tuning, faults, keys),
        pieceCounts);
  }

  @Override
  public List<Split> samples(ReadRequest request) {
    Faults none = new Faults(true, Faults.UNBOUNDED);
    Tuning small = tuning.withSplitBytes(Math.min(tuning.splitBytes(), SAMPLED_BEGINNING));
    List<InputFile> files = Tracking.of(listing().files(), settings, request).files();
    return new Samples(files, new Cutting(settings, small, none, keys), small).splits();
  }
}
