package dev.firn.files;

import dev.firn.error.ErrorCode;
import dev.firn.error.FirnException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** The files that a resource's path stands for, by name, and what is to be said of them. */
record Listing(List<InputFile> files, List<String> warnings) {
  static final String STDIN = "-";

  Listing {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  /**
   * Looks a path up.
   *
   * @param folder where relative paths begin
   * @throws FirnException {@code UNREADABLE_PATH} for one that is missing or cannot be read, {@code
   *     INVALID_CONFIG} for files of unknown format
   */
  static Listing of(Path folder, FileSettings settings) {
    return new Lookup(folder, settings).listing();
  }

  /** One look-up. */
  private static final class Lookup {
    private final Path folder;
    private final FileSettings settings;
    private final Problems problems = Problems.none();
    private final List<InputFile> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Lookup(Path folder, FileSettings settings) {
      this.folder = folder;
      this.settings = settings;
    }

    Listing listing() {
      String path = settings.path();
      if (path.equals(STDIN)) {
        files.add(stdin());
      } else if (Files.exists(resolved(path)) || !Glob.isOne(path)) {
        named(path);
      } else {
        matching(path);
      }
      problems.raise();
      files.sort(Comparator.comparing(InputFile::name));
      files.stream()
          .filter(InputFile::isEmpty)
          .forEach(file -> warnings.add(file.name() + " is empty."));
      return new Listing(files, warnings);
    }

    private InputFile stdin() {
      return new InputFile(
          Path.of(STDIN),
          STDIN,
          0,
          0,
          Optional.of(new StreamCopy()),
          settings.format().orElse(Format.JSON_LINES),
          settings.options().compression().orElse(Compression.NONE),
          settings.options().charset(),
          new LineCounts());
    }

    private Path resolved(String name) {
      String plain = name.startsWith("file://") ? name.substring("file://".length()) : name;
      if (plain.contains("://")) {
        throw unreadable(name, "is no local path", "Name a file of this machine.", null);
      }
      try {
        return folder.resolve(plain);
      } catch (InvalidPathException e) {
        throw unreadable(name, "is no path", e.getReason() + ".", e);
      }
    }

    private void named(String name) {
      Path path = resolved(name);
      if (!Files.exists(path)) {
        throw unreadable(
            name,
            "does not exist",
            "Correct the path; it is relative to "
                + "the folder of pipeline.yaml, or to the current one for firn load.",
            null);
      }
      if (!Files.isDirectory(path)) {
        add(path, name);
      } else if (name.endsWith("/")) {
        walk(
            path, 1, relative -> plain(relative) ? Optional.of(name + relative) : Optional.empty());
        warnIfNone(name, "holds no files");
      } else {
        throw unreadable(
            name, "is a directory", "Write '" + name + "/' to read the files in it.", null);
      }
    }

    /** Marker files and hidden ones are no data. */
    private static boolean plain(String name) {
      return !name.startsWith(".") && !name.startsWith("_");
    }

    private void matching(String glob) {
      int wild = 0;
      while (!Glob.isOne(glob.substring(wild, wild + 1))) {
        wild++;
      }
      int slash = glob.lastIndexOf('/', wild);
      String base = glob.substring(0, slash + 1);
      String rest = glob.substring(slash + 1);
      int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/", -1).length;
      Path start = resolved(base.isEmpty() ? "." : base);
      if (Files.isDirectory(start)) {
        Glob pattern = pattern(rest);
        walk(
            start,
            depth,
            name -> pattern.matches(name) ? Optional.of(base + name) : Optional.empty());
      }
      warnIfNone(glob, "matches no file");
    }

    private static Glob pattern(String glob) {
      try {
        return Glob.of(glob);
      } catch (PatternSyntaxException e) {
        throw new FirnException(
            ErrorCode.INVALID_CONFIG,
            "path '" + glob + "' is no glob: " + e.getDescription() + ".",
            "Close every bracket and brace.",
            e);
      }
    }

    private void warnIfNone(String path, String what) {
      if (files.isEmpty()) {
        warnings.add(path + " " + what + ".");
      }
    }

    /** Which files of a walk are meant, and by what name. */
    private interface Choice {
      Optional<String> nameOf(String relative);
    }

    private void walk(Path start, int depth, Choice choice) {
      try {
        Files.walkFileTree(
            start,
            EnumSet.of(FileVisitOption.FOLLOW_LINKS),
            depth,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isDirectory()) {
                  String relative = start.relativize(file).toString().replace('\\', '/');
                  choice.nameOf(relative).ifPresent(name -> add(file, name));
                }
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException e) {
        throw IoFaults.of(settings.path(), e);
      }
    }

    private void add(Path path, String name) {
      if (!Files.isReadable(path)) {
        throw unreadable(name, "may not be read", "Give this user the right to read it.", null);
      }
      Optional<Format> format = settings.format().or(() -> Format.ofFile(name));
      if (format.isEmpty()) {
        problems.add(FileSettings.unknownExtension(name));
        return;
      }
      Compression compression = settings.options().compression().orElse(Compression.ofFile(name));
      try {
        BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
        files.add(
            new InputFile(
                path,
                name,
                facts.size(),
                facts.lastModifiedTime().toMillis(),
                facts.isRegularFile() ? Optional.empty() : Optional.of(new StreamCopy()),
                format.get(),
                compression,
                settings.options().charset(),
                new LineCounts()));
      } catch (IOException e) {
        throw IoFaults.of(name, e);
      }
    }

    private static FirnException unreadable(
        String name, String what, String hint, @org.jspecify.annotations.Nullable Throwable cause) {
      return new FirnException(
          ErrorCode.UNREADABLE_PATH, "'" + name + "' " + what + ".", hint, cause);
    }
  }
}
