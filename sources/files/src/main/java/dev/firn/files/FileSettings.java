package dev.firn.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.files.internal.parse.Faults;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One resource's keys.
 *
 * @param format empty: by each file's extension
 * @param maxErrors records that may be left out under {@link OnError#CONTINUE}
 */
record FileSettings(
    String path,
    Optional<Format> format,
    FormatOptions options,
    OnError onError,
    long maxErrors,
    TrackBy track,
    int maxTracked,
    FileColumns fileColumns) {
  /** Names of the resource's keys. */
  static final Set<String> KEYS =
      Set.of("path", "format", "options", "on-error", "max-errors", "track", "file-columns");

  /** Names of the keys under {@code track}. */
  static final Set<String> TRACK_KEYS = Set.of("by", "max-files", "reload-changed");

  private static final int MAX_TRACKED = 50_000;

  /** What a record that cannot be read does. */
  enum OnError {
    ABORT,
    SKIP_FILE,
    CONTINUE
  }

  /** How files that were loaded before are known again. */
  enum TrackBy {
    NONE,
    FILE,
    MODIFIED
  }

  /** Reads the keys of one resource; mistakes go to {@code problems}. */
  static FileSettings read(JsonNode node, Problems problems) {
    Keys keys = new Keys(node, problems);
    keys.only(KEYS);
    String path = keys.text("path").orElse("");
    if (path.isBlank()) {
      problems.add("path is missing: a file, a glob, a directory with a trailing / or -");
    }
    FormatOptions options = FormatOptions.read(keys.inner("options"), problems.in("options"));
    Optional<Format> format = format(keys, path, problems);
    Keys track = trackKeys(node, keys, problems);
    return new FileSettings(
        path,
        format,
        options,
        keys.choice("on-error", OnError.class).orElse(OnError.ABORT),
        keys.number("max-errors", 0, Long.MAX_VALUE).orElse(Faults.UNBOUNDED),
        trackBy(node.path("track"), problems),
        track.number("max-files", 1, Integer.MAX_VALUE).orElse((long) MAX_TRACKED).intValue(),
        columns(keys, problems));
  }

  private static Optional<Format> format(Keys keys, String path, Problems problems) {
    Optional<String> word = keys.text("format");
    if (word.isPresent()) {
      Optional<Format> named = Format.named(word.get());
      if (named.isEmpty()) {
        problems.add("format '" + word.get() + "' is unknown; supported: " + Format.supported());
      }
      return named;
    }
    if (path.equals("-")) {
      problems.add("format is missing: the standard input has no extension that says it");
    } else if (!path.isBlank() && !path.endsWith("/") && Format.ofFile(path).isEmpty()) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (!Glob.isOne(name) && name.contains(".")) { // else it may be a folder, or missing
        problems.add(unknownExtension(path));
      }
    }
    return Optional.empty();
  }

  /** The message for a file whose name does not say its format. */
  static String unknownExtension(String name) {
    return "the extension of '"
        + name
        + "' names no known format; set format to one of "
        + Format.supported();
  }

  private static Keys trackKeys(JsonNode node, Keys keys, Problems problems) {
    if (!node.path("track").isObject()) {
      return Keys.none(problems);
    }
    Keys track = keys.inner("track");
    track.only(TRACK_KEYS);
    if (track.flag("reload-changed").equals(Optional.of(false))) {
      problems.add("track.reload-changed: only true is possible; a changed file is a new one");
    }
    return track;
  }

  private static TrackBy trackBy(JsonNode track, Problems problems) {
    JsonNode by = track.isObject() ? track.path("by") : track;
    if (by.isMissingNode() || by.isNull()) {
      return TrackBy.FILE;
    }
    List<String> words = Keys.words(by);
    if (words.equals(List.of("none")) || words.equals(List.of("false"))) {
      return TrackBy.NONE;
    }
    if (words.equals(List.of("modified"))) {
      return TrackBy.MODIFIED;
    }
    if (words.size() != 3 || !Set.copyOf(words).equals(Set.of("path", "size", "modified"))) {
      problems.add("track.by is " + words + "; use [path, size, modified], modified or none");
    }
    return TrackBy.FILE;
  }

  private static FileColumns columns(Keys keys, Problems problems) {
    List<String> words = keys.texts("file-columns");
    for (String word : words) {
      if (!FileColumns.KNOWN.contains(word)) {
        problems.add(
            "file-columns: '" + word + "' is unknown; known: " + new TreeSet<>(FileColumns.KNOWN));
      }
    }
    return new FileColumns(Set.copyOf(words));
  }
}
