package dev.firn.iceberg.internal.io;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Local files as Iceberg names them. A location is not an encoded URI: what follows the scheme is
 * the path, letter by letter, as Hadoop and Spark read it.
 */
public final class LocalPaths {
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):.*");

  private LocalPaths() {}

  /** Whether a location is a local path, with or without {@code file:}. */
  public static boolean isLocal(String location) {
    Matcher scheme = SCHEME.matcher(location);
    return !scheme.matches() || scheme.group(1).equals("file");
  }

  /** The path of a local location. */
  public static Path path(String location) {
    if (!location.startsWith("file:")) {
      return Path.of(location);
    }
    String path = location.substring("file:".length());
    // file:///a and file:/a are the same file; a host is never named.
    return Path.of(path.startsWith("//") ? path.substring(2) : path);
  }

  /** The location of an absolute path. */
  public static String location(Path path) {
    return "file://" + path;
  }
}
